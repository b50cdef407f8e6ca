import { describe, expect, it, vi } from 'vitest'
import { client, exportUsers, gateway } from './support/client-without-batches.ts'
import { until } from './until.ts'

describe('sharing', () => {
  it('one registration and one stream, however many watch', async () => {
    const { job_id } = gateway.createJob()
    const handles = [1, 2, 3].map(() => client.attach(exportUsers, job_id))
    const views = await Promise.all(
      handles.map((handle) => {
        handle.subscribe(() => undefined)
        return until(handle, ({ sync }) => sync.status === 'live')
      }),
    )
    expect(new Set(views).size).toBe(1)
    expect(gateway.count('/subscribe-job')).toBe(1)
    // A POST, which this server does not know, and one stream.
    expect(gateway.count('/events')).toBe(2)
  })

  it('a remount within a second costs nothing; later the registration is gone', async () => {
    vi.useFakeTimers()
    const job = client.attach(exportUsers, gateway.createJob().job_id)
    const unmount = job.subscribe(() => undefined)
    await expect.poll(() => job.getSnapshot().sync.status).toBe('live')
    unmount()
    unmount()
    await vi.advanceTimersByTimeAsync(900)
    const unmountAgain = job.subscribe(() => undefined)
    await vi.advanceTimersByTimeAsync(5_000)
    expect(gateway.count('/subscribe-job')).toBe(1)
    expect(gateway.registrations()).toEqual(['job:job-1'])
    unmountAgain()
    await vi.advanceTimersByTimeAsync(1_100)
    expect(gateway.registrations()).toEqual([])
  })

  it('an early unmount leaves nothing registered, not even by a late answer', async () => {
    vi.useFakeTimers()
    let answer = (): void => undefined
    gateway.intercept(async ({ path }) => {
      if (path === '/subscribe-job') await new Promise<void>((resolve) => (answer = resolve))
      return undefined
    })
    const job = client.attach(exportUsers, gateway.createJob().job_id)
    const unmount = job.subscribe(() => undefined)
    await expect.poll(() => gateway.count('/subscribe-job')).toBe(1)
    unmount()
    await vi.advanceTimersByTimeAsync(2_000)
    answer()
    await vi.advanceTimersByTimeAsync(100)
    expect(gateway.registrations()).toEqual([])
  })

  it('closes the stream half a minute after the last job was let go of', async () => {
    vi.useFakeTimers()
    const job = client.attach(exportUsers, gateway.createJob().job_id)
    const unmount = job.subscribe(() => undefined)
    await expect.poll(() => job.getSnapshot().sync.status).toBe('live')
    unmount()
    await vi.advanceTimersByTimeAsync(30_000)
    gateway.ping()
    expect(gateway.openStreams()).toBe(1)
    await vi.advanceTimersByTimeAsync(2_000)
    expect(gateway.openStreams()).toBe(0)
    expect(client.connection.getSnapshot()).toEqual({ status: 'idle' })
  })
})
