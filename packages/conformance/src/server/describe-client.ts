import { type Client, createClient, defineJob, type JobHandle, type JobView } from '@headway/core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import type { ServerUnderTest } from './server-under-test.ts'

const scripted = defineJob<null, { rows: number }>('scripted')

/** Tests of a real client over a network with faults: it always ends on the server's state. */
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

  it('is stale after a cut, and then shows the state of the server', async () => {
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

  it('follows a job over many cuts', async () => {
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

  it('ends on the state of the server if frames and answers are late', async () => {
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

  it('reads every frame as a whole if only a few bytes come at a time', async () => {
    server.proxy.throttle(7)
    const jobId = await begin()
    await server.progress(jobId, 40, 'zwölf ✓ \u{1f680}')
    await until(({ message }) => message === 'zwölf ✓ \u{1f680}')
    await server.complete(jobId, { rows: 3 })
    expect(await job.result).toEqual({ rows: 3 })
  })

  it('notices silence on a half-open connection, and follows the job on a new stream', async () => {
    const jobId = await begin()
    server.proxy.freeze()
    await server.complete(jobId, { rows: 3 })
    await until(({ sync }) => sync.status === 'stale')
    expect(job.getSnapshot()).toMatchObject({ sync: { reason: 'silence' }, isDone: false })
    server.proxy.heal()
    expect(await job.result).toEqual({ rows: 3 })
  })

  it('cancels a job', async () => {
    const jobId = await begin()
    await server.progress(jobId, 40, 'half')
    await job.cancel('changed my mind')
    await expect(job.result).rejects.toMatchObject({
      name: 'JobCancelled',
      message: 'changed my mind',
    })
  })
}
