import { createClient, defineJob, defineMutation, defineQuery, defineWorkflow } from '@headway/core'
import { renderInert } from '@headway/test-kit/rendering/render-inert'
import { describe, expect, it } from 'vitest'
import { computed, createSSRApp, defineComponent, h, type Ref } from 'vue'
import { renderToString } from 'vue/server-renderer'
import {
  headway,
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

const composables: [name: string, use: () => Readonly<Ref<unknown>>, shown: string][] = [
  ['useJob', () => useJob(exportUsers).phase, 'idle'],
  ['useJob, args', () => useJob(exportUsers, { args: { format: 'csv' } }).phase, 'starting'],
  ['useJob, jobId', () => useJob(exportUsers, { jobId: () => 'job-1' }).loading, 'true'],
  ['useJob, persist', () => useJob(exportUsers, { persist: 'export' }).phase, 'idle'],
  [
    'useJob, select',
    () => useJob(exportUsers, { jobId: '1', select: ({ phase }) => phase }),
    'queued',
  ],
  ['useWorkflow, args', () => useWorkflow(verify, { args: null }).phase, 'starting'],
  ['useWorkflow, workflowId', () => useWorkflow(verify, { workflowId: '1' }).loading, 'true'],
  ['useQuery', () => useQuery(listUsers, null).loading, 'true'],
  ['useMany, args', () => useMany(exportUsers, { args: [{ format: 'csv' }] }).phase, 'starting'],
  ['useMutation', () => useMutation(createUser).pending, 'false'],
]

const render = (use: () => Readonly<Ref<unknown>>, hasPlugin: boolean): Promise<string> =>
  renderInert(() => {
    const Page = defineComponent(() => {
      const shown = use()
      return () => h('output', String(shown.value))
    })
    const app = createSSRApp(Page)
    return renderToString(hasPlugin ? app.use(headway(createClient())) : app)
  })

describe('rendered on a server, without chance, clock, timers, network and url', () => {
  it.each(composables)('%s', async (_, use, shown) => {
    expect(await render(use, true)).toBe(`<output>${shown}</output>`)
    expect(await render(use, false)).toBe(`<output>${shown}</output>`)
  })

  it('useConnection', async () => {
    const status = () => {
      const connection = useConnection()
      return computed(() => connection.value.status)
    }
    expect(await render(status, true)).toBe('<output>idle</output>')
  })

  it('useJob and useQuery, awaited', async () => {
    const Page = defineComponent(async () => {
      const job = useJob(exportUsers, { jobId: 'job-1' })
      const users = useQuery(listUsers, null)
      await Promise.all([job.ready(), users.ready()])
      return () => h('output', `${job.loading.value} ${users.loading.value}`)
    })
    const app = () => createSSRApp(Page).use(headway(createClient()))
    expect(await renderInert(() => renderToString(app()))).toBe('<output>true true</output>')
  })
})
