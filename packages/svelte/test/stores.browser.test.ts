import { defineJob, defineQuery, withCodec } from '@headway/core'
import { createFakeClient } from '@headway/core/testing'
import { flushSync } from 'svelte'
import { get } from 'svelte/store'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  call,
  createConnectionStore,
  createJobStore,
  createQueryStore,
  createSubscriptionStore,
  createWorkflowStore,
  setClient,
  useJob,
} from '../src/index.ts'
import { listen } from './listen.ts'

let fake: ReturnType<typeof createFakeClient>
let users: Record<string, string[]>

beforeEach(() => {
  users = { a: ['Ada'], b: ['Bo'] }
  fake = createFakeClient({
    workflows: ['verify_account'],
    queries: { list_users: (args) => users[(args as { team: string }).team] },
  })
  setClient(fake.client)
})
afterEach(() => fake.client.close())

describe('stores that are created anywhere', () => {
  it('a job store has its state at once, and unsubscribe() ends its updates', async () => {
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

  it('a job store without subscribers follows its job again for the next one', async () => {
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

  it('a store takes a definition in place of a name, with its codec', async () => {
    const exportUsers = withCodec(defineJob<{ teamName: string }, number>('export_users'), {
      toWire: ({ teamName }) => ({ team_name: teamName }),
      fromWire: Number,
    })
    const seen = listen(createJobStore(exportUsers, { teamName: 'a' }))
    await fake.settled()
    await fake.last('export_users').complete('7')
    expect(seen.at(-1)).toMatchObject({ status: 'completed', output: 7 })
    const [{ body } = {}] = fake.gateway.requests.filter(({ path }) => path.startsWith('/rpc/'))
    expect(body).toMatchObject({ args: { team_name: 'a' } })
    const listUsers = defineQuery<{ team: string }, string[]>('list_users')
    expect(await call(listUsers, { team: 'b' })).toEqual(['Bo'])
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

it('call() in an event handler', async () => {
  expect(await call('list_users', { team: 'b' })).toEqual(['Bo'])
})
