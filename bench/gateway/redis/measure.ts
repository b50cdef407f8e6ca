import { setTimeout as wait } from 'node:timers/promises'
import { Queue } from 'bullmq'
import { quantile } from '../commit.ts'
import { type Helper, start } from '../processes.ts'
import {
  type Lags,
  now,
  queueName,
  type ReadOrder,
  reports,
  type ShownJobs,
  type ShowOrder,
  type Worked,
  type WorkOrder,
} from './order.ts'
import { startRedis } from './start-redis.ts'

/** The results of one way to show jobs in one round. */
export interface Shown {
  /** Jobs per second, of workers that do nothing but report. */
  throughput: number
  /** The processor time of the process that shows them, per job, in microseconds. */
  cpuMicros: number
  /** From the last end of these jobs to the moment at which all ends are shown, in milliseconds. */
  behindMs: number
  /** From `updateProgress()` to a client's callback, in milliseconds. */
  p50: number
  p99: number
  /** The part of the reports of the watched jobs that was shown. */
  shown: number
}

/** Jobs that are all there when the workers begin. */
const jobsAtOnce = 2_000
/** Jobs that come one after the other, and every which one of them a page watches. */
const [jobsPerSecond, seconds, watchedEvery] = [50, 10, 5]
/** The work of each of these between two reports, in milliseconds. */
const paceMs = 100

/** Measures one way to show jobs, each part on an empty Redis. `none`: the workers alone. */
export async function measureShown(name: string | null): Promise<Shown> {
  const { ms, cpuMicros, behindMs } = await onRedis(name, async (stage) => {
    await stage.add(jobsAtOnce)
    return stage.work({ jobs: jobsAtOnce, paceMs: 0, concurrency: 50 })
  })
  const throughput = (jobsAtOnce / ms) * 1_000
  const none = { p50: Number.NaN, p99: Number.NaN, shown: Number.NaN }
  if (name === null) return { throughput, cpuMicros, behindMs, ...none }
  const lags = await onRedis(name, async (stage) => {
    const jobs = jobsPerSecond * seconds
    const worked = stage.work({ jobs, paceMs, concurrency: 500 })
    for (let job = 0; job < jobs; job += 1) {
      await wait(1_000 / jobsPerSecond)
      const [id = ''] = await stage.add(1)
      if (job % watchedEvery === 0) await stage.watch(id)
    }
    await worked
    return stage.lags()
  })
  const watchedReports = ((jobsPerSecond * seconds) / watchedEvery) * reports
  return {
    throughput,
    cpuMicros,
    behindMs,
    p50: quantile(lags, 0.5),
    p99: quantile(lags, 0.99),
    shown: lags.length / watchedReports,
  }
}

interface Stage {
  /** Adds jobs; resolves with their ids. */
  add(count: number): Promise<string[]>
  work(order: WorkOrder): Promise<Worked & Pick<Shown, 'cpuMicros' | 'behindMs'>>
  watch(id: string): Promise<void>
  lags(): Promise<Lags>
}

async function onRedis<T>(name: string | null, use: (stage: Stage) => Promise<T>): Promise<T> {
  const redis = await startRedis()
  const queue = new Queue(queueName, { connection: { url: redis.url } })
  const helpers: Helper<never, unknown>[] = []
  const begin = async <TOrder extends object, TAnswer>(
    script: string,
    processor: number,
    ...args: string[]
  ): Promise<[Helper<TOrder, TAnswer>, first: unknown]> => {
    const helper = start<TOrder, TAnswer>(script, processor, ...args)
    helpers.unshift(helper as never)
    return [helper, await helper.next()]
  }
  try {
    await queue.waitUntilReady()
    const [server, port] = name
      ? await begin<ShowOrder, ShownJobs>('redis-serve.js', 1, name, redis.url)
      : [null, 0]
    const [reader] = await begin<ReadOrder, Lags>('redis-read.js', 1, name ?? '')
    const [worker] = await begin<WorkOrder, Worked>('redis-work.js', 0, redis.url)
    return await use({
      async add(count) {
        const jobs = await queue.addBulk(
          Array.from({ length: count }, () => ({ name: 'transcode', data: {} })),
        )
        return jobs.map(({ id }) => String(id))
      },
      async work(order) {
        const before = await server?.ask({ jobs: 0 })
        const worked = await worker.ask(order)
        const endedAt = now()
        const after = await server?.ask({ jobs: order.jobs })
        const taken = (after?.cpuMicros ?? 0) - (before?.cpuMicros ?? 0)
        return { ...worked, behindMs: now() - endedAt, cpuMicros: taken / order.jobs }
      },
      async watch(id) {
        await reader.ask({ type: 'watch', port: Number(port), id })
      },
      lags: () => reader.ask({ type: 'report' }),
    })
  } finally {
    for (const helper of helpers) await helper.stop()
    await queue.close()
    await redis.stop()
  }
}
