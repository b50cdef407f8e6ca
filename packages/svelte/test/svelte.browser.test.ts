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
import { get } from 'svelte/store'
import { afterEach, beforeEach, describe, expect, expectTypeOf, it } from 'vitest'
import {
  call,
  createConnectionStore,
  createJobStore,
  createQueryStore,
  createSubscriptionStore,
  createWorkflowStore,
  setClient,
  useJob,
  useMutation,
  useQuery,
} from '../src/index.ts'
import Derived from './page/derived.svelte'
import Keyed from './page/keyed.svelte'
import { createState } from './page/state.svelte.ts'

let fake: ReturnType<typeof createFakeClient>
let users: Record<string, string[]>
let stops: (() => void)[] = []

beforeEach(() => {
  users = { a: ['Ada'], b: ['Bo'] }
  fake = createFakeClient({
    workflows: ['verify_account'],
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

/** What a store has said, from now on. */
function listen<T>(store: { subscribe(run: (value: T) => void): () => void }): T[] {
  const seen: T[] = []
  stops.push(store.subscribe((value) => void seen.push(value)))
  return seen
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

describe('stores that are created anywhere', () => {
  it('a job store gives its state at once, and stops when it is told to', async () => {
    const job = createJobStore<{ format: string }, string>('export_users', { format: 'csv' })
    const seen = listen(job)
    expect(seen).toMatchObject([{ status: 'pending', loading: true, jobId: '' }])
    await fake.settled()
    await fake.last('export_users').running()
    expect(seen.at(-1)).toMatchObject({ status: 'running', loading: false, jobId: 'job-1' })
    job.unsubscribe()
    await fake.settled()
    fake.gateway.update('job-1', { status: 'completed', output: 'late' })
    await fake.advance(1_000)
    expect(fake.gateway.registrations()).toEqual([])
    expect(seen.at(-1)).toMatchObject({ status: 'running' })
  })

  it('a job store that nobody watches any more follows its job again for the next one', async () => {
    const job = createJobStore<null, string>('export_users', null)
    await fake.settled()
    job.subscribe(() => undefined)()
    await fake.advance(2_000)
    fake.gateway.update('job-1', { status: 'running', progress: 40 })
    const seen = listen(job)
    await fake.settled()
    expect(seen.at(-1)).toMatchObject({ progress: 40 })
    expect(fake.gateway.count('/rpc/export_users')).toBe(1)
  })

  it('a workflow store has its steps', async () => {
    const workflow = createWorkflowStore<{ userId: string }, void>('verify_account', {
      userId: 'u',
    })
    const seen = listen(workflow)
    expect(seen[0]).toMatchObject({ status: 'created', loading: true, steps: [] })
    await fake.settled()
    await fake.last('verify_account').step('mail', 'running')
    expect(seen.at(-1)).toMatchObject({
      step: 'mail',
      steps: [{ name: 'mail', status: 'running' }],
    })
    workflow.unsubscribe()
  })

  it('a subscription store is kept live', async () => {
    const list = createSubscriptionStore<{ team: string }, string[]>('list_users', { team: 'a' })
    const seen = listen(list)
    expect(seen[0]).toMatchObject({ loading: true, data: null, error: null, stale: false })
    await fake.settled()
    users.a = ['Ada', 'Al']
    fake.gateway.changed('list_users')
    await fake.settled()
    expect(seen.at(-1)).toMatchObject({ loading: false, data: ['Ada', 'Al'] })
    list.unsubscribe()
    await fake.advance(1_000)
    expect(fake.gateway.registrations()).toEqual([])
    expect(seen.at(-1)).toMatchObject({ data: ['Ada', 'Al'], stale: true })
  })

  it('a query store is asked once, and again with refetch; its data stays meanwhile', async () => {
    const list = createQueryStore<{ team: string }, string[]>('list_users', { team: 'a' })
    expect(fake.gateway.requests).toEqual([])
    const seen = listen(list)
    expect(seen[0]).toEqual({ loading: true, data: null, error: null })
    await fake.settled()
    expect(seen.at(-1)).toEqual({ loading: false, data: ['Ada'], error: null })
    users.a = ['Al']
    list.refetch()
    expect(seen.at(-1)).toEqual({ loading: true, data: ['Ada'], error: null })
    await fake.settled()
    expect(seen.at(-1)).toEqual({ loading: false, data: ['Al'], error: null })
    expect(fake.gateway.registrations()).toEqual([])
  })

  it('a query store that is told to stop gives up what it asked, and asks anew for the next one', async () => {
    const list = createQueryStore<{ team: string }, string[]>('list_users', { team: 'a' })
    const seen = listen(list)
    list.unsubscribe()
    await fake.settled()
    expect(seen.at(-1)).toEqual({ loading: false, data: null, error: null })
    const later = listen(list)
    await fake.settled()
    expect(later.at(-1)).toEqual({ loading: false, data: ['Ada'], error: null })
  })

  it('a connection store says one of three words, each once', async () => {
    const seen = listen(createConnectionStore())
    listen(createJobStore('export_users', null))
    await fake.settled()
    await fake.last('export_users').dropConnection()
    await fake.last('export_users').reconnect()
    expect(seen).toEqual([
      'disconnected',
      'connecting',
      'connected',
      'disconnected',
      'connecting',
      'connected',
    ])
  })

  it('useJob in an event handler, started by a call', async () => {
    const job = useJob(defineJob<{ format: string }, string>('export_users'))
    const seen = listen(job)
    const handle = job.start({ format: 'csv' })
    await fake.settled()
    await fake.last('export_users').running().complete('done')
    await expect(handle.result).resolves.toBe('done')
    flushSync()
    expect(seen.at(-1)).toMatchObject({ phase: 'succeeded', output: 'done' })
    expect(get(job).phase).toBe('succeeded')
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

it('call() in an event handler', async () => {
  expect(await call('list_users', { team: 'b' })).toEqual(['Bo'])
})
