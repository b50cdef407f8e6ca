import { type ConnectionOptions, Queue, Worker } from 'bullmq'
import type { Logger } from 'pino'
import { within } from '../within.ts'
import type { BullmqRedisOptions, WithDefaults } from './bullmq.ts'
import { process, toEngineWorker, toProducer, workerOptions } from './bullmq-work.ts'
import type { EngineConnection } from './engine.ts'

/** The maximum wait for Redis at a start, in milliseconds: a client would try again for ever. */
const connectMs = 15_000

/** Connects to BullMQ in Redis. */
export async function connectToRedis(
  options: WithDefaults<BullmqRedisOptions> & { prefix: string },
  logger: Logger,
): Promise<EngineConnection> {
  const { queue, prefix } = options
  const warn = createWarn(logger)
  const producer = new Queue(queue, { connection: failingFast(options.connection), prefix })
  producer.on('error', warn)
  await within(connectMs, producer.waitUntilReady(), 'Redis').catch(async (error: unknown) => {
    await producer.close().catch(() => undefined)
    throw error
  })
  return {
    ...toProducer(producer),
    async work({ concurrency }, handlers) {
      const worker = new Worker(
        queue,
        (job, token) => process(job, token, handlers.execute, warn),
        { connection: waiting(options.connection), prefix, ...workerOptions(concurrency, options) },
      )
      return toEngineWorker(worker, handlers, warn)
    },
  }
}

/** Logs an error of a client; the same one only once in a while. */
export function createWarn(
  logger: Logger,
  now: () => number = () => performance.now(),
): (error: Error) => void {
  let last = ''
  let untilMs = 0
  return (error) => {
    // A client of a Redis that is away says so with each of its attempts.
    if (error.message === last && now() < untilMs) return
    last = error.message
    untilMs = now() + 10_000
    logger.warn({ err: error }, 'bullmq')
  }
}

/** A client that waits would keep all starts of an outage: the row has them already. */
export const failingFast = (connection: ConnectionOptions): ConnectionOptions =>
  isClient(connection) ? connection : { maxRetriesPerRequest: 1, ...connection }

/** [BullMQ docs, "maxRetriesPerRequest"] Clients of workers must wait as long as it takes. */
const waiting = (connection: ConnectionOptions): ConnectionOptions =>
  isClient(connection) ? connection : { ...connection, maxRetriesPerRequest: null }

/** The connection is a client, not the options for one. */
export const isClient = (connection: ConnectionOptions): boolean =>
  typeof (connection as { duplicate?: unknown }).duplicate === 'function'
