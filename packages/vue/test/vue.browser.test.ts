import {
  defineJob,
  defineMutation,
  defineQuery,
  jobsOf,
  mutationsOf,
  queriesOf,
  withCodec,
} from '@headway/core'
import { createFakeClient } from '@headway/core/testing'
import { afterEach, beforeEach, describe, expect, expectTypeOf, it } from 'vitest'
import {
  type App,
  createApp,
  defineComponent,
  effectScope,
  h,
  KeepAlive,
  type MaybeRefOrGetter,
  nextTick,
  ref,
  Suspense,
  shallowRef,
} from 'vue'
import { headway, setClient, useClient, useJob, useMutation, useQuery } from '../src/index.ts'

const exportUsers = defineJob<{ format: string }, string>('export_users')
const listUsers = defineQuery<{ team: string }, string[]>('list_users')

let fake: ReturnType<typeof createFakeClient>
let app: App
let element: HTMLElement

beforeEach(() => {
  fake = createFakeClient({
    queries: { list_users: (args) => [(args as { team: string }).team] },
  })
  element = document.body.appendChild(document.createElement('main'))
})
afterEach(() => {
  app?.unmount()
  element.remove()
  fake.client.close()
})

/** Shows what a setup returns. */
const show = (setup: () => () => unknown): void => {
  app = createApp(defineComponent({ setup: () => setup() as never }))
  app.use(headway(fake.client)).mount(element)
}
const shows = (expected: string) => expect.poll(() => element.textContent).toBe(expected)

describe('what is asked for', () => {
  it.each<[string, (id: string) => MaybeRefOrGetter<string>]>([
    ['a value', (id) => id],
    ['a ref', (id) => ref(id)],
    ['a getter', (id) => () => id],
  ])('the id of a job is %s', async (_, toOption) => {
    const jobId = toOption(fake.gateway.createJob({ progress: 10 }).job_id)
    show(() => {
      const { progress } = useJob(exportUsers, { jobId })
      return () => h('output', String(progress.value))
    })
    await shows('10')
  })

  it('the arguments of a query are a getter: another query when they change', async () => {
    const team = ref('a')
    show(() => {
      const { data } = useQuery(listUsers, () => ({ team: team.value }))
      return () => h('output', String(data.value))
    })
    await shows('a')
    team.value = 'b'
    await shows('b')
    await fake.advance(1_000)
    expect(fake.gateway.registrations()).toHaveLength(1)
  })

  it('a query is enabled by a getter', async () => {
    const enabled = ref(false)
    show(() => {
      const { data } = useQuery(listUsers, { team: 'a' }, { enabled })
      return () => h('output', String(data.value))
    })
    await shows('null')
    expect(fake.gateway.requests).toEqual([])
    enabled.value = true
    await shows('a')
  })
})

it('each field is a ref of its own: what shows one does not render for another', async () => {
  const { job_id } = fake.gateway.createJob({ status: 'running', progress: 10 })
  let renders = 0
  show(() => {
    const { progress } = useJob(exportUsers, { jobId: job_id })
    return () => {
      renders += 1
      return h('output', String(progress.value))
    }
  })
  await shows('10')
  const before = renders
  fake.gateway.update(job_id, { message: 'row 1' })
  await fake.settled()
  await nextTick()
  expect(renders).toBe(before)
})

it('KeepAlive: kept away, it lets go; back, it is up to date, and has started nothing anew', async () => {
  const isShown = ref(true)
  const Job = defineComponent(() => {
    const { progress } = useJob(exportUsers, { args: { format: 'csv' } })
    return () => h('output', String(progress.value))
  })
  show(() => () => h(KeepAlive, () => (isShown.value ? h(Job) : null)))
  await expect.poll(fake.gateway.registrations).toEqual(['job:job-1'])
  await fake.last('export_users').running().progress(40)
  await shows('40')
  isShown.value = false
  await shows('')
  await fake.advance(1_000)
  await expect.poll(fake.gateway.registrations).toEqual([])
  fake.gateway.update('job-1', { progress: 70 })
  isShown.value = true
  await shows('70')
  expect(fake.gateway.count('/rpc/export_users')).toBe(1)
})

it('Suspense: a setup that awaits ready() shows the job from its first state on', async () => {
  const { job_id } = fake.gateway.createJob({ status: 'running', progress: 40 })
  const seen: (string | null)[] = []
  const Job = defineComponent({
    async setup() {
      const job = useJob(exportUsers, { jobId: job_id })
      const users = useQuery(listUsers, { team: 'a' })
      await Promise.all([job.ready(), users.ready()])
      return () => h('output', `${job.progress.value} ${users.data.value}`)
    },
  })
  new MutationObserver(() => seen.push(element.textContent)).observe(element, {
    childList: true,
    subtree: true,
    characterData: true,
  })
  show(() => () => h(Suspense, null, { default: () => h(Job), fallback: () => 'waiting' }))
  await shows('40 a')
  expect(new Set(seen)).toEqual(new Set(['waiting', '40 a']))
  await fake.advance(60_000)
  fake.gateway.update(job_id, { progress: 50 })
  await shows('50 a')
})

it('outside a component it lives as long as its scope', async () => {
  setClient(fake.client)
  const { job_id } = fake.gateway.createJob({ status: 'running', progress: 40 })
  const scope = effectScope()
  const progress = scope.run(() => useJob(exportUsers, { jobId: job_id }).progress)
  await expect.poll(() => progress?.value).toBe(40)
  scope.stop()
  await fake.advance(1_000)
  expect(fake.gateway.registrations()).toEqual([])
})

it('unmounted while its result is awaited, the job is followed to its end', async () => {
  const isShown = ref(true)
  const started = shallowRef<Promise<string>>()
  const Job = defineComponent(() => {
    const { start, phase } = useJob(exportUsers)
    started.value = start({ format: 'csv' }).result
    return () => h('output', phase.value)
  })
  show(() => () => (isShown.value ? h(Job) : 'gone'))
  isShown.value = false
  await shows('gone')
  await fake.settled()
  await fake.advance(2_000)
  await fake.last('export_users').complete('done')
  await expect(started.value).resolves.toBe('done')
})

it('jobsOf and its likes: names and types of an Api', async () => {
  interface Api {
    jobs: { export_users: { args: { format: 'csv' }; output: string } }
    queries: { list_users: { args: { team: string }; output: string[] } }
    mutations: { create_user: { args: { name: string }; output: number } }
  }
  const jobs = jobsOf<Api>()
  const queries = queriesOf<Api>()
  const mutations = mutationsOf<Api>()
  show(() => {
    const job = useJob(jobs.export_users, { args: { format: 'csv' } })
    const count = useQuery(
      queries.list_users,
      { team: 'a' },
      { select: (users) => users.data?.length },
    )
    const creation = useMutation(mutations.create_user)
    expectTypeOf(job.output.value).toEqualTypeOf<string | null>()
    expectTypeOf(count.value).toEqualTypeOf<number | undefined>()
    expectTypeOf(creation.data.value).toEqualTypeOf<number | null>()
    // @ts-expect-error a job has other arguments
    const typo = () => job.start({ format: 'xml' })
    return () => h('output', `${job.phase.value} ${count.value} ${typeof typo}`)
  })
  await shows('queued 1 function')
  expect(() => app.runWithContext(useClient)).not.toThrow()
})

it('a codec: what is sent and what is shown is converted', async () => {
  const codec = {
    toWire: ({ teamName }: { teamName: string }) => ({ team: teamName }),
    fromWire: (users: string[]) => users.map((name) => ({ name })),
  }
  const team = ref('a')
  show(() => {
    const job = useJob(
      withCodec(defineJob<{ teamName: string }, { name: string }[]>('export_users'), codec),
      { args: { teamName: 'x' } },
    )
    const list = useQuery(
      withCodec(defineQuery<{ teamName: string }, { name: string }[]>('list_users'), codec),
      () => ({ teamName: team.value }),
    )
    const creation = useMutation(
      withCodec(defineMutation<{ teamName: string }, { name: string }[]>('list_users'), codec),
    )
    const onClick = () => void creation.mutate({ teamName: 'c' })
    const shown = () => [job.output.value, list.data.value, creation.data.value]
    const text = () => shown().map((users) => users?.[0]?.name)
    return () => h('button', { onClick }, text().join())
  })
  await shows(',a,')
  team.value = 'b'
  await shows(',b,')
  await fake.last('export_users').complete(['Bo'])
  await shows('Bo,b,')
  element.querySelector('button')?.click()
  await shows('Bo,b,c')
  expect(fake.gateway.requests[0]?.body).toEqual({ args: { team: 'x' } })
})
