import { type Client, createClient, defineJob } from '@headway/core'
import { createFakeGateway, type FakeGateway } from '@headway/core/testing'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { type App, createApp, createSSRApp, type MaybeRefOrGetter, ref } from 'vue'
import { renderToString } from 'vue/server-renderer'
import { headway, type UsedJob, useJob } from '../src/index.ts'

const exportUsers = defineJob<{ format: string }, { downloadUrl: string }>('export_users')
const output = { downloadUrl: '/exports/1.csv' }

let gateway: FakeGateway
let client: Client
let app: App

beforeEach(() => {
  gateway = createFakeGateway()
  client = createClient({ url: 'http://gateway', fetch: gateway.fetch, random: () => 0 })
})
afterEach(() => {
  vi.unstubAllGlobals()
  app.unmount()
  client.close()
})

/** What `useJob` gives to a mounted component. */
function mount(
  jobId?: MaybeRefOrGetter<string | undefined>,
): UsedJob<{ format: string }, { downloadUrl: string }> {
  const used: UsedJob<{ format: string }, { downloadUrl: string }>[] = []
  app = createApp({
    setup() {
      used.push(useJob(exportUsers, { jobId }))
      return () => null
    },
  })
  app.use(headway(client)).mount(document.createElement('div'))
  const [job] = used
  if (!job) throw new Error('The component was not set up')
  return job
}

it('is idle, then shows the job it started', async () => {
  const job = mount()
  expect(job.phase.value).toBe('idle')
  job.start({ format: 'csv' })
  expect(job.phase.value).toBe('starting')
  await vi.waitFor(() => expect(job.sync.value.status).toBe('live'))
  gateway.update('job-1', { status: 'running', progress: 40 })
  await vi.waitFor(() => expect(job.progress.value).toBe(40))
  gateway.update('job-1', { status: 'completed', output })
  await vi.waitFor(() => expect(job.output.value).toEqual(output))
  expect(gateway.count('/rpc/export_users')).toBe(1)
})

it.each([
  ['a value', (id: string) => id],
  ['a ref', (id: string) => ref(id)],
  ['a getter', (id: string) => () => id],
])('follows a job by its id: %s', async (_, toOption) => {
  const job = mount(toOption(gateway.createJob({ progress: 10 }).job_id))
  await vi.waitFor(() => expect(job.progress.value).toBe(10))
})

it('follows another job when the id changes, also after a start', async () => {
  const [first, second] = [gateway.createJob({ progress: 10 }), gateway.createJob({ progress: 20 })]
  const jobId = ref<string | undefined>(first.job_id)
  const job = mount(jobId)
  await vi.waitFor(() => expect(job.progress.value).toBe(10))
  job.start({ format: 'csv' })
  await vi.waitFor(() => expect(job.jobId.value).toBe('job-3'))
  jobId.value = second.job_id
  await vi.waitFor(() => expect(job.progress.value).toBe(20))
  jobId.value = first.job_id
  await vi.waitFor(() => expect(job.progress.value).toBe(10))
})

it('keeps its job when the id is asked for again and is the same', async () => {
  const query = ref<{ job?: string }>({})
  const job = mount(() => query.value.job)
  const awaited = job.start({ format: 'csv' }).result
  await vi.waitFor(() => expect(job.sync.value.status).toBe('live'))
  query.value = {}
  expect(job.sync.value.status).toBe('live')
  // The page now says which job this is: it is shown already.
  query.value = { job: 'job-1' }
  expect(job.sync.value.status).toBe('live')
  gateway.update('job-1', { status: 'completed', output })
  await expect(awaited).resolves.toEqual(output)
})

it('cancels what it shows', async () => {
  const job = mount(gateway.createJob().job_id)
  await vi.waitFor(() => expect(job.sync.value.status).toBe('live'))
  await job.cancel('changed my mind')
  expect(job.error.value).toBe('changed my mind')
})

it('unmounted, it lets go of the job; the job goes on', async () => {
  const job = mount()
  job.start({ format: 'csv' })
  await vi.waitFor(() => expect(gateway.registrations()).toEqual(['job:job-1']))
  app.unmount()
  await vi.waitFor(() => expect(gateway.registrations()).toEqual([]), { timeout: 3_000 })
  expect(gateway.run('job-1').status).toBe('pending')
})

it('renders on a server what is known there and asks nobody', async () => {
  vi.stubGlobal('window', undefined)
  const server = createSSRApp({
    setup: () => {
      const { phase } = useJob(exportUsers)
      const { jobId } = useJob(exportUsers, { jobId: 'job-1' })
      return () => `${phase.value} ${jobId.value}`
    },
  })
  expect(await renderToString(server.use(headway(client)))).toBe('idle job-1')
  expect(gateway.requests).toEqual([])
})

it('says what to do when the app has no client', () => {
  app = createApp({ setup: () => useJob(exportUsers) })
  app.config.warnHandler = () => undefined
  expect(() => app.mount(document.createElement('div'))).toThrow('app.use(headway')
})
