import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createClient, defineJob } from '../src/index.ts'
import { createFakeGateway, failure } from '../src/testing/index.ts'

/* The time of day is set, an hour back or forth: what is open stays open, and what is due stays due. */

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

describe.each([hour, -hour])('the clock is set by %d ms', (byMs) => {
  it('while the server pings: the stream goes on', async () => {
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

  it('and then nothing comes: silence is noticed when it is due', async () => {
    const { client, statuses } = await follow()
    set(byMs)
    await vi.advanceTimersByTimeAsync(23_000)
    expect(statuses).toEqual([])
    await vi.advanceTimersByTimeAsync(3_000)
    expect(statuses[0]).toBe('waiting')
    client.close()
  })

  it('while the connection waits as its server asked: it waits that long', async () => {
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

  it('a server that is read when it is silent is read when it is due', async () => {
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

it('a timer that comes late because the page slept, on the same clock: what was silent is given up', async () => {
  const { gateway, client, statuses } = await follow()
  // Timers stand still; the clock for durations goes on, as where it counts sleep.
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

describe('the time of day jumps, and no other clock, as after a sleep in Chrome', () => {
  it('what is shown is read again at once', async () => {
    const { gateway, client, job, jobId } = await follow()
    set(8 * hour)
    gateway.updateSilently(jobId, { status: 'completed', output: 'done' })
    await vi.advanceTimersByTimeAsync(6_000)
    expect(job.getSnapshot()).toMatchObject({ phase: 'succeeded', output: 'done' })
    client.close()
  })

  it('a session that the server has forgotten is replaced at once', async () => {
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
