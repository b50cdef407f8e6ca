import { type Client, createClient, defineJob } from '@headway/core'
import { createFakeGateway, type FakeGateway } from '@headway/core/testing'
import { act, cleanup, renderHook, waitFor } from '@testing-library/react'
import { type ReactNode, StrictMode } from 'react'
import { renderToString } from 'react-dom/server'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { HeadwayProvider, useJob } from '../src/index.ts'

const exportUsers = defineJob<{ format: string }, { downloadUrl: string }>('export_users')
const output = { downloadUrl: '/exports/1.csv' }

let gateway: FakeGateway
let client: Client

beforeEach(() => {
  gateway = createFakeGateway()
  client = createClient({ url: 'http://gateway', fetch: gateway.fetch, random: () => 0 })
})
afterEach(() => {
  cleanup()
  client.close()
})

const wrapper = ({ children }: { children: ReactNode }) => (
  <StrictMode>
    <HeadwayProvider client={client}>{children}</HeadwayProvider>
  </StrictMode>
)
const render = (jobId?: string) =>
  renderHook((props: { jobId: string | undefined }) => useJob(exportUsers, props), {
    wrapper,
    initialProps: { jobId },
  })

it('is idle, then shows the job it started: once, also in StrictMode', async () => {
  const { result } = render()
  expect(result.current.phase).toBe('idle')
  act(() => void result.current.start({ format: 'csv' }))
  expect(result.current).toMatchObject({ phase: 'starting', loading: true })
  await waitFor(() => expect(result.current.sync.status).toBe('live'))
  gateway.update('job-1', { status: 'running', progress: 40 })
  await waitFor(() => expect(result.current.progress).toBe(40))
  gateway.update('job-1', { status: 'completed', output })
  await waitFor(() => expect(result.current.output).toEqual(output))
  expect(gateway.count('/rpc/export_users')).toBe(1)
  expect(gateway.count('/events')).toBe(1)
})

it('follows a job by its id, and another when the id changes', async () => {
  const [first, second] = [gateway.createJob({ progress: 10 }), gateway.createJob({ progress: 20 })]
  const { result, rerender } = render(first.job_id)
  await waitFor(() => expect(result.current.progress).toBe(10))
  rerender({ jobId: second.job_id })
  await waitFor(() => expect(result.current.progress).toBe(20))
  expect(result.current.jobId).toBe(second.job_id)
})

it('shows the job it started until the id says otherwise', async () => {
  const other = gateway.createJob({ progress: 10 })
  const { result, rerender } = render(other.job_id)
  await waitFor(() => expect(result.current.progress).toBe(10))
  act(() => void result.current.start({ format: 'csv' }))
  await waitFor(() => expect(result.current.jobId).toBe('job-2'))
  // The page now says that everybody follows the started job: this one does already.
  rerender({ jobId: 'job-2' })
  await waitFor(() => expect(result.current.jobId).toBe('job-2'))
  rerender({ jobId: other.job_id })
  await waitFor(() => expect(result.current.jobId).toBe(other.job_id))
})

it('goes on with the job it started when the id becomes that of this very job', async () => {
  const { result, rerender } = render()
  let awaited: Promise<unknown> | undefined
  act(() => {
    awaited = result.current.start({ format: 'csv' }).result
  })
  await waitFor(() => expect(result.current.sync.status).toBe('live'))
  rerender({ jobId: 'job-1' })
  expect(result.current).toMatchObject({ jobId: 'job-1', sync: { status: 'live' } })
  gateway.update('job-1', { status: 'completed', output })
  await expect(awaited).resolves.toEqual(output)
})

it('takes a definition that is written inside the component', async () => {
  const { job_id } = gateway.createJob({ progress: 10 })
  const { result } = renderHook(() => useJob(defineJob('export_users'), { jobId: job_id }), {
    wrapper,
  })
  await waitFor(() => expect(result.current.progress).toBe(10))
})

it('cancels what it shows', async () => {
  const { result } = render(gateway.createJob().job_id)
  await waitFor(() => expect(result.current.sync.status).toBe('live'))
  await act(() => result.current.cancel('changed my mind'))
  expect(result.current).toMatchObject({ phase: 'cancelled', error: 'changed my mind' })
})

it('unmounted, it lets go of the job; the job goes on', async () => {
  const { result, unmount } = render()
  act(() => void result.current.start({ format: 'csv' }))
  await waitFor(() => expect(gateway.registrations()).toEqual(['job:job-1']))
  unmount()
  await waitFor(() => expect(gateway.registrations()).toEqual([]), { timeout: 3_000 })
  expect(gateway.run('job-1').status).toBe('pending')
})

function Sync() {
  return <p>{useJob(exportUsers, { jobId: 'job-1' }).sync.status}</p>
}

it('renders idle on a server and asks nobody', () => {
  const html = renderToString(
    <HeadwayProvider client={client}>
      <Sync />
    </HeadwayProvider>,
  )
  expect(html).toBe('<p>connecting</p>')
  expect(gateway.requests).toEqual([])
})

it('says what to do when there is no provider', () => {
  expect(() => renderHook(() => useJob(exportUsers))).toThrow('HeadwayProvider')
})
