import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createClient, defineJob } from '../src/index.ts'
import { createFakeGateway, failure } from '../src/testing/index.ts'

/* Setting the time of day, an hour back or forth, neither ends a stream nor moves a timer. */

const exportUsers = defineJob<null, string>('export_users')
const hour = 3_600_000

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const follow = async () => {
  const gateway = createFakeGateway()
  const client = createClient({ url: 'http://fake', fetch: gateway.fetch, random: () => 0.5 })
  const { job_id: jobId } = gateway.createJob()
  const job = client.attach(exportUsers, jobId)
  job.subscribe(() => undefined)
  await vi.advanceTimersByTimeAsync(1_000)
  const statuses: string[] = []
  client.connection.subscribe(() => statuses.push(client.connection.getSnapshot().status))
  return { gateway, client, job, jobId, statuses }
}
const set = (byMs: number): void => void vi.setSystemTime(Date.now() + byMs)

describe.each([hour, -hour])('the time of day is moved by %d ms', (byMs) => {
  it('keeps the stream while the server pings', async () => {
    const { gateway, client, job, statuses } = await follow()
    set(byMs)
    for (let at = 0; at < 10; at += 1) {
      await vi.advanceTimersByTimeAsync(10_000)
      gateway.ping()
    }
    expect(statuses).toEqual([])
    expect(gateway.count('/events')).toBe(1)
    expect(job.getSnapshot().sync.status).toBe('live')
    client.close()
  })

  it('notices silence when it is due', async () => {
    const { client, statuses } = await follow()
    set(byMs)
    await vi.advanceTimersByTimeAsync(23_000)
    expect(statuses).toEqual([])
    await vi.advanceTimersByTimeAsync(3_000)
    expect(statuses[0]).toBe('waiting')
    client.close()
  })

  it('does not change the wait that the server asked for', async () => {
    const { gateway, client, statuses } = await follow()
    gateway.intercept(({ path }) =>
      path === '/events'
        ? new Response('busy', { status: 503, headers: { 'retry-after': '60' } })
        : undefined,
    )
    gateway.drop()
    await vi.advanceTimersByTimeAsync(1_000)
    gateway.intercept(() => undefined)
    set(byMs)
    await vi.advanceTimersByTimeAsync(57_000)
    expect(statuses).not.toContain('open')
    await vi.advanceTimersByTimeAsync(5_000)
    expect(statuses).toContain('open')
    client.close()
  })

  it('does not change the time of the next read of a silent server', async () => {
    const gateway = createFakeGateway({ capabilities: [], pingSecs: null })
    const client = createClient({ url: 'http://fake', fetch: gateway.fetch })
    const { job_id } = gateway.createJob()
    const job = client.attach(exportUsers, job_id)
    job.subscribe(() => undefined)
    await vi.advanceTimersByTimeAsync(1_000)
    set(byMs)
    gateway.updateSilently(job_id, { status: 'completed', output: 'done' })
    await vi.advanceTimersByTimeAsync(10_000)
    expect(job.getSnapshot().phase).toBe('succeeded')
    client.close()
  })
})

it('replaces a silent stream if a timer comes late because the page slept', async () => {
  const { gateway, client, statuses } = await follow()
  // Timers stand still, and the clock for durations runs, as on platforms where it counts sleep.
  const slept = 8 * hour
  const before = performance.now.bind(performance)
  vi.spyOn(performance, 'now').mockImplementation(() => before() + slept)
  set(slept)
  await vi.advanceTimersByTimeAsync(6_000)
  expect(statuses).toContain('connecting')
  expect(gateway.openStreams()).toBe(1)
  client.close()
  vi.restoreAllMocks()
})

describe('a jump of only the time of day, as after sleep in Chrome', () => {
  it('reads all followed targets again at once', async () => {
    const { gateway, client, job, jobId } = await follow()
    set(8 * hour)
    gateway.updateSilently(jobId, { status: 'completed', output: 'done' })
    await vi.advanceTimersByTimeAsync(6_000)
    expect(job.getSnapshot()).toMatchObject({ phase: 'succeeded', output: 'done' })
    client.close()
  })

  it('replaces a session at once that the server has forgotten', async () => {
    const { gateway, client } = await follow()
    set(8 * hour)
    let isForgotten = true
    gateway.intercept(({ path }) => {
      if (!path.startsWith('/subscribe') || !isForgotten) return undefined
      isForgotten = false
      return failure(404, 'SESSION_NOT_FOUND', 'no such session')
    })
    await vi.advanceTimersByTimeAsync(6_000)
    expect(gateway.count('/events')).toBe(2)
    client.close()
  })
})
