import { randomUUID } from 'node:crypto'
import type { ConnectionOptions } from 'bullmq'
import type { Logger } from 'pino'
import type { Database } from '../postgres/pools.ts'
import { followQueue } from './follow-queue.ts'
import {
  isWanted,
  type ObservedQueues,
  toNameOf,
  toOrigin,
  toOwnProgress,
  toQueueOf,
  toRunIdOf,
  toUnknownOrigin,
} from './observed-queues.ts'
import type { HeldQueue } from './observed-store.ts'
import { createObservedStore } from './observed-store.ts'
import { startObserving } from './observer.ts'
import { createQueueReader } from './queue-reader.ts'
import { createQueueRequests, type QueueRequests } from './queue-requests.ts'
import { createRedisClient } from './redis-client.ts'

/** The parts that observing takes. */
export interface ObserveOptions {
  database: Database
  /** The queue of the gateway's own engine: its runs are recorded by its workers. */
  ownQueue: string
  /** The queues that the gateway adds jobs to. */
  usedQueues: readonly { prefix: string; name: string }[]
  /** `false`: all callers are anonymous, and only those of this machine. */
  hasAuth: boolean
  maskErrors: boolean
  maxOutputBytes: number
  /** No pooler is between the gateway and PostgreSQL. */
  mayPrepare: boolean
  logger: Logger
}

/** Queues that are observed, until `close`. */
export interface ObservedSource {
  requests: QueueRequests
  /** Looks for new queues at once. */
  lookForQueues(): void
  close(): Promise<void>
}

/** Jobs that ended longer ago are not read when a queue is observed for the first time. */
const historyMs = 86_400_000

/** Observes the queues of one `bullmqQueues()`. Does not wait for its Redis. */
export function observeSource(source: ObservedQueues, options: ObserveOptions): ObservedSource {
  const { database, ownQueue, usedQueues, hasAuth } = options
  const { maskErrors, maxOutputBytes, mayPrepare, logger } = options
  const { prefix } = source
  const { queues, logs } = source.options
  const connection = source.options.connection as ConnectionOptions
  const redis = createRedisClient(connection, logger)
  const requests = createQueueRequests(connection, prefix, redis, logger)
  const reader = createQueueReader(redis, prefix)
  const store = createObservedStore(database, randomUUID(), mayPrepare)
  const showing = {
    progress: toOwnProgress(source, logger),
    toShownError: (reason: string) => (maskErrors ? 'The job failed' : reason),
    maxOutputBytes,
  }
  const parts = { reader, store, showing, wantsLog: logs, logger, now: Date.now }
  const follow = (queue: string, held: HeldQueue) =>
    followQueue(
      queue,
      held,
      {
        ...parts,
        toRunId: toRunIdOf(source, queue),
        toOrigin: (id, job) => toOrigin(source, queue, id, job, hasAuth, logger),
        toUnknownOrigin: (name) => toUnknownOrigin(source, queue, name, hasAuth),
        stop(jobId) {
          requests.stop(queue, jobId, '').catch((error: unknown) => {
            logger.warn({ err: error, queue, jobId }, 'a job could not be asked to stop')
          })
        },
      },
      Date.now() - historyMs,
    )
  const named = queues === '*' ? [] : queues.filter((one) => typeof one === 'string')
  // A pattern would find them only after their first job.
  const used = usedQueues.flatMap((one) =>
    one.prefix === prefix && isWanted(source, one.name) ? [one.name] : [],
  )
  const observer = startObserving({
    reader,
    store,
    named: [...new Set([...named, ...used])],
    isFinding: queues === '*' || queues.some((one) => typeof one !== 'string'),
    isWanted: (name) => isWanted(source, name) && !ownQueue.endsWith(`/${toQueueOf(source, name)}`),
    toQueue: (name) => toQueueOf(source, name),
    toName: (queue) => toNameOf(source, queue),
    follow,
    logger,
  })
  return {
    requests,
    lookForQueues: observer.look,
    async close() {
      // What waits for a Redis that is away ends with its connection.
      await Promise.all([observer.close(), redis.close(), requests.close()])
    },
  }
}
