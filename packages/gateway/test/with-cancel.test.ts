import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import * as six from 'bullmq'
import * as five from 'bullmq-5'
import { build } from 'esbuild'
import { Redis } from 'ioredis'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { cancelField } from '../src/observe/cancel-mark.ts'
import { createTeardown } from '../src/teardown.ts'
import { askToCancel, CancelRequested, withCancel } from '../src/with-cancel.ts'
import { kill, startProcess } from './support/process.ts'
import { startRedis, type TestRedis } from './support/redis.ts'

let server: TestRedis
let redis: Redis
beforeAll(async () => {
  server = await startRedis()
  redis = new Redis(server.url, { maxRetriesPerRequest: null })
  redis.on('error', () => undefined)
  return async () => {
    redis.disconnect()
    await server.stop()
  }
})
const { defer, run: tearDown } = createTeardown()
afterEach(tearDown)

const queue = 'transcode'

describe.each([
  ['6', six],
  ['5', five as unknown as typeof six],
])('BullMQ %s', (_, { Queue, Worker, DelayedError }) => {
  const begin = () => {
    const connection = { url: server.url, maxRetriesPerRequest: null }
    const prefix = `{${randomUUID()}}`
    const jobs = new Queue(queue, { connection, prefix })
    jobs.on('error', () => undefined)
    defer(() => jobs.close())
    const work = (processor: ReturnType<typeof withCancel<six.Job, unknown>>): six.Worker => {
      const timing = { lockDuration: 1_000, stalledInterval: 200 }
      const worker = new Worker(queue, processor, { connection, prefix, ...timing })
      worker.on('error', () => undefined)
      defer(() => worker.close(true))
      return worker
    }
    const stateOf = (id: string) => async () => {
      const job = await jobs.getJob(id)
      return [await job?.getState(), job?.failedReason ?? job?.returnvalue ?? null]
    }
    const ask = (id: string, reason?: string) =>
      askToCancel(redis, { prefix, queue, id, ...(reason === undefined ? {} : { reason }) })
    const add = async (options: six.JobsOptions = {}): Promise<string> =>
      String((await jobs.add('film', {}, options)).id)
    return { prefix, jobs, work, stateOf, ask, add }
  }
  const untilAborted = (signal: AbortSignal): Promise<never> =>
    new Promise((_, reject) => {
      if (signal.aborted) reject(signal.reason)
      signal.addEventListener('abort', () => reject(signal.reason))
    })

  it('cancels what another process runs, without another attempt', async () => {
    const { prefix, stateOf, ask, add } = begin()
    const id = await add({ attempts: 3 })
    const started = await startProcess('cancel-worker.ts', { REDIS: server.url, PREFIX: prefix })
    defer(() => kill(started.child))
    expect(started.message).toBe(id)
    expect(await ask(id, 'too: long\nand wide')).toBe('asked')
    await expect.poll(stateOf(id)).toEqual(['failed', 'Cancelled by request: too: long\nand wide'])
    expect(await ask(id)).toBe('ended')
  })

  it('cancels a job whose worker was killed, before it runs again', async () => {
    const { prefix, work, stateOf, ask, add } = begin()
    const id = await add()
    const started = await startProcess('cancel-worker.ts', { REDIS: server.url, PREFIX: prefix })
    await kill(started.child)
    expect(await ask(id)).toBe('asked')
    let runs = 0
    work(
      withCancel(async () => {
        runs += 1
      }),
    )
    await expect.poll(stateOf(id)).toEqual(['failed', 'Cancelled by request'])
    expect(runs).toBe(0)
  })

  it('cancels after Redis was killed and came back', async () => {
    const { work, stateOf, ask, add } = begin()
    const id = await add()
    const reasons: unknown[] = []
    const begun = new Promise<void>((resolve) =>
      work(
        withCancel(
          async (_, __, signal) => {
            resolve()
            await untilAborted(signal).catch((reason) => reasons.push(reason))
            throw new Error('aborted')
          },
          { everyMs: 20 },
        ),
      ),
    )
    await begun
    await server.kill()
    await server.start()
    expect(await ask(id, 'enough')).toBe('asked')
    await expect.poll(stateOf(id)).toEqual(['failed', 'Cancelled by request: enough'])
    expect(reasons).toEqual([new CancelRequested('enough')])
  })

  it('a job that succeeds in spite of the request has succeeded, and may be retried', async () => {
    const { jobs, work, stateOf, ask, add } = begin()
    const id = await add()
    let runs = 0
    work(
      withCancel(
        async (_, __, signal) => {
          runs += 1
          if (runs === 1) {
            await ask(id)
            await untilAborted(signal).catch(() => undefined)
          }
          return `run ${runs}, ${signal.aborted}`
        },
        { everyMs: 20 },
      ),
    )
    await expect.poll(stateOf(id)).toEqual(['completed', 'run 1, true'])
    await (await jobs.getJob(id))?.retry('completed')
    await expect.poll(stateOf(id)).toEqual(['completed', 'run 2, false'])
  })

  it('a cancelled job that is retried runs', async () => {
    const { jobs, work, stateOf, ask, add } = begin()
    const id = await add()
    await ask(id)
    work(withCancel(async () => 'ran'))
    await expect.poll(stateOf(id)).toEqual(['failed', 'Cancelled by request'])
    await (await jobs.getJob(id))?.retry()
    await expect.poll(stateOf(id)).toEqual(['completed', 'ran'])
  })

  it('a failure between two looks is a cancel, not another attempt', async () => {
    const { work, stateOf, ask, add } = begin()
    const id = await add({ attempts: 3 })
    work(
      withCancel(
        async ({ attemptsMade }) => {
          if (attemptsMade === 1) await ask(id)
          throw new Error('the disk is full')
        },
        { everyMs: 3_600_000 },
      ),
    )
    await expect.poll(stateOf(id)).toEqual(['failed', 'Cancelled by request'])
  })

  it('a job that moves itself is cancelled once it comes back', async () => {
    const { work, stateOf, ask, add } = begin()
    const id = await add()
    work(
      withCancel(async (job, token) => {
        await ask(id, 'later')
        await job.moveToDelayed(Date.now(), token)
        throw new DelayedError()
      }),
    )
    await expect.poll(stateOf(id)).toEqual(['failed', 'Cancelled by request: later'])
  })

  it('without a request a job fails as ever, and BullMQ can still abort it', async () => {
    const { work, stateOf, add } = begin()
    const id = await add()
    const worker: six.Worker = work(
      withCancel(async (job, _, signal) => {
        setImmediate(() => worker.cancelJob(String(job.id), 'by hand'))
        await untilAborted(signal).catch(() => undefined)
        throw new Error('the disk is full')
      }),
    )
    await expect.poll(stateOf(id)).toEqual(['failed', 'the disk is full'])
  })

  it('a request for a job that is gone leaves nothing', async () => {
    const { prefix, jobs, ask, add } = begin()
    const id = await add()
    await jobs.remove(id)
    expect(await ask(id)).toBe('missing')
    expect(await redis.exists(`${prefix}:${queue}:${id}`)).toBe(0)
    const kept = await add()
    await ask(kept, '')
    expect(await redis.hget(`${prefix}:${queue}:${kept}`, cancelField)).toBe('0:')
    await jobs.obliterate()
    expect(await redis.keys(`${prefix}*`)).toEqual([])
  })
})

it('says what is wrong with a sandboxed processor', async () => {
  const job = { id: '1', attemptsMade: 0, queueQualifiedName: 'bull:transcode' }
  await expect(withCancel(async () => undefined)(job)).rejects.toThrow(/not the path of a file/)
})

it('brings three small files into the bundle of a worker', async () => {
  const entry = fileURLToPath(new URL('../src/with-cancel.ts', import.meta.url))
  const output = { bundle: true, platform: 'node', format: 'esm', write: false } as const
  const { metafile } = await build({ ...output, entryPoints: [entry], metafile: true })
  const files = Object.keys(metafile.inputs).map((file) => file.replace(/^.*\/src\//, ''))
  expect(files.sort()).toEqual([
    'errors.ts',
    'observe/cancel-mark.ts',
    'observe/with-cancel.ts',
    'with-cancel.ts',
  ])
})
