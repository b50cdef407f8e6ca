import { createClient, defineJob, defineMutation, defineQuery, defineWorkflow } from '@headway/core'
import { renderInert } from '@headway/test-kit/rendering/render-inert'
import { render } from 'svelte/server'
import { describe, expect, it } from 'vitest'
import {
  createConnectionStore,
  createJobStore,
  createQueryStore,
  createSubscriptionStore,
  createWorkflowStore,
  type Readable,
  useConnection,
  useJob,
  useMany,
  useMutation,
  useQuery,
  useWorkflow,
} from '../src/index.ts'
import Inert from './page/inert.svelte'

const exportUsers = defineJob<{ format: string }, string>('export_users')
const verify = defineWorkflow<null, null>('verify_account')
const listUsers = defineQuery<null, string[]>('list_users')
const createUser = defineMutation<string, number>('create_user')

const readables: [name: string, use: () => Readable<unknown>, shown: unknown][] = [
  ['useJob', () => useJob(exportUsers), { phase: 'idle' }],
  ['useJob, args', () => useJob(exportUsers, { args: { format: 'csv' } }), { phase: 'starting' }],
  ['useJob, jobId', () => useJob(exportUsers, { jobId: () => 'job-1' }), { loading: true }],
  ['useJob, persist', () => useJob(exportUsers, { persist: 'export' }), { phase: 'idle' }],
  [
    'useJob, select',
    () => useJob(exportUsers, { jobId: '1', select: ({ phase }) => ({ phase }) }),
    { phase: 'queued' },
  ],
  ['useWorkflow, args', () => useWorkflow(verify, { args: null }), { phase: 'starting' }],
  ['useWorkflow, workflowId', () => useWorkflow(verify, { workflowId: '1' }), { loading: true }],
  ['useQuery', () => useQuery(listUsers, null), { loading: true }],
  [
    'useMany, args',
    () => useMany(exportUsers, { args: [{ format: 'csv' }] }),
    { phase: 'starting' },
  ],
  ['useMutation', () => useMutation(createUser), { pending: false }],
  ['useConnection', () => useConnection(), { status: 'idle' }],
  ['createJobStore', () => createJobStore('export_users', null), { loading: true }],
  ['createWorkflowStore', () => createWorkflowStore('verify_account', null), { loading: true }],
  ['createSubscriptionStore', () => createSubscriptionStore('list_users', null), { loading: true }],
  ['createQueryStore', () => createQueryStore('list_users', null), { loading: true }],
]

const html = (use: () => Readable<unknown>, hasClient: boolean): Promise<string> =>
  renderInert(() => {
    const client = hasClient ? createClient() : undefined
    return render(Inert, { props: { client, use } }).body
  })

/** What a template shows by `$`, then by `.current`. */
function shownIn(body: string): unknown {
  const [, text = ''] = /<output>(.*)<\/output>/.exec(body) ?? []
  return JSON.parse(text)
}

describe('rendered on a server, without chance, clock, timers, network and url', () => {
  it.each(readables)('%s', async (_, use, shown) => {
    expect(shownIn(await html(use, true))).toMatchObject([shown, shown])
    expect(shownIn(await html(use, false))).toMatchObject([shown, shown])
  })

  it('createConnectionStore', async () => {
    expect(await html(createConnectionStore, true)).toContain('disconnected')
  })
})
