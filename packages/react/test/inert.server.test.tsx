import { createClient, defineJob, defineMutation, defineQuery, defineWorkflow } from '@headway/core'
import { renderInert } from '@headway/test-kit/rendering/render-inert'
import { renderToString } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import {
  HeadwayProvider,
  useConnection,
  useJob,
  useMany,
  useMutation,
  useQuery,
  useWorkflow,
} from '../src/index.ts'

const exportUsers = defineJob<{ format: string }, string>('export_users')
const verify = defineWorkflow<null, null>('verify_account')
const listUsers = defineQuery<null, string[]>('list_users')
const createUser = defineMutation<string, number>('create_user')

const hooks: [name: string, use: () => unknown, shown: unknown][] = [
  ['useJob', () => useJob(exportUsers).phase, 'idle'],
  ['useJob, args', () => useJob(exportUsers, { args: { format: 'csv' } }).phase, 'starting'],
  ['useJob, jobId', () => useJob(exportUsers, { jobId: 'job-1' }).loading, true],
  ['useJob, suspense', () => useJob(exportUsers, { jobId: '1', suspense: true }).loading, true],
  ['useJob, persist', () => useJob(exportUsers, { persist: 'export' }).phase, 'idle'],
  [
    'useJob, select',
    () => useJob(exportUsers, { jobId: '1', select: ({ phase }) => phase }),
    'queued',
  ],
  ['useWorkflow, args', () => useWorkflow(verify, { args: null }).phase, 'starting'],
  ['useWorkflow, workflowId', () => useWorkflow(verify, { workflowId: '1' }).loading, true],
  ['useQuery', () => useQuery(listUsers, null).loading, true],
  ['useQuery, suspense', () => useQuery(listUsers, null, { suspense: true }).loading, true],
  ['useMany, args', () => useMany(exportUsers, { args: [{ format: 'csv' }] }).phase, 'starting'],
  ['useMutation', () => useMutation(createUser).pending, false],
  ['useConnection', () => useConnection().status, 'idle'],
]

describe('rendered on a server, without chance, clock, timers, network and url', () => {
  it.each(hooks)('%s', async (_, use, shown) => {
    const Page = () => JSON.stringify(use())
    const text = JSON.stringify(shown).replaceAll('"', '&quot;')
    const html = await renderInert(() =>
      renderToString(
        <HeadwayProvider client={createClient()}>
          <Page />
        </HeadwayProvider>,
      ),
    )
    expect(html).toContain(text)
    expect(await renderInert(() => renderToString(<Page />))).toContain(text)
  })
})

it('renders where there is no process', () => {
  const { process } = globalThis
  try {
    Reflect.deleteProperty(globalThis, 'process')
    const page = <HeadwayProvider client={createClient()}>shown</HeadwayProvider>
    expect(renderToString(page)).toBe('shown')
  } finally {
    globalThis.process = process
  }
})
