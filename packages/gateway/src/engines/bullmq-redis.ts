import {
  type ConnectionOptions,
  createRedisBackend,
  Queue,
  type RedisOptions,
  Worker,
} from 'bullmq'
import type { Logger } from 'pino'
import { within } from '../within.ts'
import type { BullmqRedisOptions, WithDefaults } from './bullmq-options.ts'
import { process, toEngineWorker, toProducer, workerOptions } from './bullmq-work.ts'
import { createYieldingBackend } from './bullmq-yielding.ts'
import type { EngineConnection } from './engine.ts'
import { mostPlaces, positionsScript, toPositions } from './positions-script.ts'

/** The name of our script, as the client of BullMQ has it. */
const positionsCommand = 'headway:positions'

/** The maximum wait for Redis at a start, in milliseconds: a client would try again for ever. */
const connectMs = 15_000

/** The maximum waits for an answer and for the end of a connection, in milliseconds. */
const [answerMs, closeMs] = [1_000, 2_000]

/** Connects to BullMQ in Redis. */
export async function connectToRedis(
  options: WithDefaults<BullmqRedisOptions> & { prefix: string },
  logger: Logger,
): Promise<EngineConnection> {
  const { queue, prefix } = options
  const warn = createWarn(logger)
  const patience = createPatience()
  const connection = patience.of(failingFast(options.connection))
  const producer = new Queue(queue, { connection, prefix })
  producer.on('error', warn)
  const { ping, ...rest } = toProducer(producer)
  /** Redis answers: BullMQ's own way to close waits for one that is away. */
  const answers = (): Promise<boolean> =>
    within(answerMs, ping(), 'Redis').then(
      () => true,
      () => false,
    )
  const close = async (): Promise<void> => {
    patience.end()
    await within(closeMs, producer.close(), 'Redis').catch(warn)
  }
  await within(connectMs, producer.waitUntilReady(), 'Redis').catch(async (error: unknown) => {
    await close()
    throw error
  })
  return {
    ...rest,
    ping,
    close,
    async positions(taskIds) {
      const client = await producer.getBackend().client
      client.defineCommand(positionsCommand, { lua: positionsScript, numberOfKeys: 3 })
      const keys = ['wait', 'paused', 'prioritized'].map((part) => producer.toKey(part))
      const args = [...keys, mostPlaces, ...taskIds]
      return toPositions(taskIds, await client.runCommand(positionsCommand, args))
    },
    async work({ concurrency }, handlers) {
      const working = createPatience()
      const running = new Set<Promise<unknown>>()
      const { create, noting } = createYieldingBackend(createRedisBackend)
      const execute = noting((task) => {
        const executing = handlers.execute(task)
        running.add(executing)
        return executing.finally(() => running.delete(executing))
      })
      const worker = new Worker(
        queue,
        (job, token) => process(job, token, execute, warn),
        {
          connection: working.of(waiting(options.connection)),
          prefix,
          ...workerOptions(concurrency, options),
        },
        create,
      )
      const { close } = await toEngineWorker(worker, handlers, warn)
      return {
        async close({ force = false } = {}) {
          working.end()
          if (force || (await answers())) return close({ force })
          // Their rows have their ends: Redis delivers them again, and they are not run again.
          await Promise.allSettled(running)
          await close({ force: true })
        },
      }
    },
  }
}

/** The longest wait before a client connects again, in milliseconds, and its tries at the end. */
const [longestMs, lastTries] = [2_000, 3]

/**
 * Clients that connect again for ever, until their end: what BullMQ does to close them would wait
 * for a Redis that is away as long as that takes.
 */
function createPatience(): { of(connection: ConnectionOptions): ConnectionOptions; end(): void } {
  let isOver = false
  return {
    of(connection) {
      if (isClient(connection)) return connection
      const retry = (connection as RedisOptions).retryStrategy
      const retryStrategy = (times: number): number | null => {
        if (isOver && times > lastTries) return null
        const wanted = retry ? retry(times) : Math.min(longestMs, 100 * 2 ** Math.min(times, 10))
        return typeof wanted === 'number' ? wanted : null
      }
      return { ...connection, retryStrategy }
    },
    end() {
      isOver = true
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
