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
import { type Component, flushSync, mount, unmount } from 'svelte'
import { afterEach, beforeEach, describe, expect, expectTypeOf, it } from 'vitest'
import {
  createJobStore,
  createQueryStore,
  createSubscriptionStore,
  setClient,
  useJob,
  useMutation,
  useQuery,
} from '../src/index.ts'
import { listen } from './listen.ts'
import Derived from './page/derived.svelte'
import Keyed from './page/keyed.svelte'
import { createState } from './page/state.svelte.ts'

let fake: ReturnType<typeof createFakeClient>
let users: Record<string, string[]>
let stops: (() => void)[] = []

beforeEach(() => {
  users = { a: ['Ada'], b: ['Bo'] }
  fake = createFakeClient({
    queries: { list_users: (args) => users[(args as { team: string }).team] },
  })
  setClient(fake.client)
})
afterEach(() => {
  for (const stop of stops) stop()
  stops = []
  fake.client.close()
})

function show<TProps extends Record<string, unknown>>(component: Component<TProps>, props: TProps) {
  const target = document.body.appendChild(document.createElement('main'))
  const mounted = mount(component, { target, props })
  stops.push(() => {
    void unmount(mounted)
    target.remove()
  })
  const text = (): string => {
    flushSync()
    return target.textContent?.trim() ?? ''
  }
  return { shows: (expected: string) => expect.poll(text).toBe(expected) }
}

describe('in a component', () => {
  it('{#key}: another key is another component, which starts a job of its own', async () => {
    const props = createState({ name: 'first' })
    const { shows } = show(Keyed, props)
    await fake.settled()
    await fake.last('export_users').running().progress(40)
    await shows('job-1 40')
    props.name = 'second'
    flushSync()
    await fake.settled()
    await fake.last('export_users').running().progress(10)
    await shows('job-2 10')
    await fake.advance(1_000)
    expect(fake.gateway.registrations()).toEqual(['job:job-2'])
  })

  it('$derived, with what is asked for as functions', async () => {
    const first = fake.gateway.createJob({ progress: 40 }).job_id
    const second = fake.gateway.createJob({ progress: 10 }).job_id
    const props = createState<{ id: string | undefined; team: string }>({
      id: undefined,
      team: 'a',
    })
    const { shows } = show(Derived, props)
    await shows('0 % Ada')
    props.id = first
    await shows('40 % Ada')
    props.id = second
    props.team = 'b'
    await shows('10 % Bo')
    fake.gateway.update(second, { progress: 20 })
    await shows('20 % Bo')
    await fake.advance(1_000)
    expect(fake.gateway.registrations()).toHaveLength(2)
  })
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
  const job = useJob(jobs.export_users, { args: { format: 'csv' } })
  const select = (list: { data: string[] | null }) => list.data?.length
  const count = useQuery(queries.list_users, { team: 'a' }, { select })
  expectTypeOf(job.current.output).toEqualTypeOf<string | null>()
  expectTypeOf(count.current).toEqualTypeOf<number | undefined>()
  expectTypeOf(useMutation(mutations.create_user).current.data).toEqualTypeOf<number | null>()
  // @ts-expect-error a job has other arguments
  expectTypeOf(() => job.start({ format: 'xml' })).toBeFunction()
  const seen = listen(count)
  await fake.settled()
  flushSync()
  expect(seen.at(-1)).toBe(1)
})

it('a codec: what is sent and what is shown is converted', async () => {
  const codec = {
    toWire: ({ teamName }: { teamName: string }) => ({ team: teamName }),
    fromWire: (users: string[]) => users.map((name) => ({ name })),
  }
  const args = { teamName: 'a' }
  const job = useJob(
    withCodec(defineJob<{ teamName: string }, { name: string }[]>('export_users'), codec),
    { args },
  )
  const list = useQuery(
    withCodec(defineQuery<{ teamName: string }, { name: string }[]>('list_users'), codec),
    args,
  )
  const creation = useMutation(
    withCodec(defineMutation<{ teamName: string }, { name: string }[]>('list_users'), codec),
  )
  const shown = [
    listen<unknown>(job),
    listen<unknown>(list),
    listen<unknown>(creation),
    listen<unknown>(createQueryStore('list_users', args, codec)),
    listen<unknown>(createSubscriptionStore('list_users', args, codec)),
  ]
  await fake.settled()
  await creation.mutate(args)
  await fake.last('export_users').complete(['Bo'])
  flushSync()
  expect(shown.map((seen) => seen.at(-1))).toMatchObject([
    { output: [{ name: 'Bo' }] },
    { data: [{ name: 'Ada' }] },
    { data: [{ name: 'Ada' }] },
    { data: [{ name: 'Ada' }] },
    { data: [{ name: 'Ada' }] },
  ])
  expect(fake.gateway.requests[0]?.body).toEqual({ args: { team: 'a' } })
})

describe('setClient, once more', () => {
  it('closes the client before: its stream ends, and the next one is followed', async () => {
    const before = listen(createJobStore('export_users', null))
    const state = fake.client.connection
    await expect.poll(() => state.getSnapshot().status).toBe('open')
    const other = createFakeClient()
    setClient(other.client)
    expect(state.getSnapshot().status).toBe('closed')
    await expect.poll(() => before.at(-1)).toMatchObject({ sync: { reason: 'closed' } })
    const after = listen(createJobStore('export_users', null))
    await other.settled()
    await other.last('export_users').running().progress(40)
    expect(after.at(-1)).toMatchObject({ progress: 40 })
    expect(other.client.connection.getSnapshot().status).toBe('open')
    other.client.close()
  })

  it('with the same client does nothing', async () => {
    listen(createJobStore('export_users', null))
    await fake.settled()
    setClient(fake.client)
    expect(fake.client.connection.getSnapshot().status).toBe('open')
  })

  it('leaves alone a client that was closed already, and those it was never given', async () => {
    const provided = createFakeClient()
    fake.client.close()
    setClient(provided.client)
    expect(provided.client.connection.getSnapshot().status).toBe('idle')
    provided.client.close()
  })
})
