import { type Client, createClient, defineJob, type JobHandle, type JobView } from '@headway/core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import type { ServerUnderTest } from './server-under-test.ts'

const scripted = defineJob<null, { rows: number }>('scripted')

/** Declares the tests of a real client behind a fault proxy: whatever happens to the bytes, it ends in the server's state. */
export function describeClient(startServer: () => Promise<ServerUnderTest>): void {
  let server: ServerUnderTest
  let client: Client
  let job: JobHandle<{ rows: number }>
  const seen: JobView<{ rows: number }>[] = []

  const until = (isWanted: (view: JobView<{ rows: number }>) => boolean): Promise<void> =>
    new Promise((resolve) => {
      const check = (): void => {
        if (!isWanted(job.getSnapshot())) return
        stop()
        resolve()
      }
      const stop = job.subscribe(check)
      check()
    })
  const begin = async (): Promise<string> => {
    job = client.start(scripted, null)
    job.subscribe(() => seen.push(job.getSnapshot()))
    await until(({ sync }) => sync.status === 'live')
    return job.getSnapshot().jobId
  }
  const expectNeverBackwards = (): void => {
    const revisions = seen.map(({ revision }) => revision ?? 0)
    expect(revisions).toEqual([...revisions].sort((a, b) => a - b))
  }

  beforeAll(async () => {
    server = await startServer()
  })
  afterAll(() => server?.stop())
  beforeEach(() => {
    seen.length = 0
    server.proxy.heal()
    client = createClient({ url: server.proxy.url, random: () => 0.1 })
  })
  afterEach(() => client.close())

  it('follows a job to its end', async () => {
    const jobId = await begin()
    await server.progress(jobId, 40, 'half')
    await until(({ progress }) => progress === 40)
    await server.complete(jobId, { rows: 3 })
    expect(await job.result).toEqual({ rows: 3 })
    expectNeverBackwards()
  })

  it('cut in the middle: stale, and then what the server has', async () => {
    const jobId = await begin()
    server.proxy.refuse()
    await until(({ sync }) => sync.status === 'stale')
    await server.progress(jobId, 40, 'half')
    await server.complete(jobId, { rows: 3 })
    server.proxy.heal()
    expect(await job.result).toEqual({ rows: 3 })
    expect(job.getSnapshot().progress).toBe(40)
    expectNeverBackwards()
  })

  it('cut again and again while the job goes on', async () => {
    const jobId = await begin()
    for (let percent = 10; percent <= 50; percent += 10) {
      await server.progress(jobId, percent, `row ${percent}`)
      server.proxy.cut()
      await until(({ progress, sync }) => progress === percent && sync.status === 'live')
    }
    await server.complete(jobId, { rows: 50 })
    expect(await job.result).toEqual({ rows: 50 })
    expectNeverBackwards()
  })

  it('late: what overtakes and what is overtaken ends as the server has it', async () => {
    const jobId = await begin()
    server.proxy.delay(30)
    server.proxy.cut()
    for (let percent = 1; percent <= 20; percent += 1) {
      await server.progress(jobId, percent, `row ${percent}`)
    }
    await until(({ progress, sync }) => progress === 20 && sync.status === 'live')
    expectNeverBackwards()
    await server.fail(jobId, 'disk full')
    await expect(job.result).rejects.toThrow('disk full')
  })

  it('throttled to a few bytes at a time: every frame is read whole', async () => {
    server.proxy.throttle(7)
    const jobId = await begin()
    await server.progress(jobId, 40, 'zwölf ✓ \u{1f680}')
    await until(({ message }) => message === 'zwölf ✓ \u{1f680}')
    await server.complete(jobId, { rows: 3 })
    expect(await job.result).toEqual({ rows: 3 })
  })

  it('half-open: silence is noticed, and the job is followed on a new stream', async () => {
    const jobId = await begin()
    server.proxy.freeze()
    await server.complete(jobId, { rows: 3 })
    await until(({ sync }) => sync.status === 'stale')
    expect(job.getSnapshot()).toMatchObject({ sync: { reason: 'silence' }, isDone: false })
    server.proxy.heal()
    expect(await job.result).toEqual({ rows: 3 })
  })

  it('cancelled from here, ended there', async () => {
    const jobId = await begin()
    await server.progress(jobId, 40, 'half')
    await job.cancel('changed my mind')
    await expect(job.result).rejects.toMatchObject({
      name: 'JobCancelled',
      message: 'changed my mind',
    })
  })
}
