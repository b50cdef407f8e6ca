import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { JobsOptions } from 'bullmq'
import type { Logger } from 'pino'
import type { Database } from '../postgres/pools.ts'
import { sql } from '../sql.ts'
import type { Teardown } from '../teardown.ts'
import { within } from '../within.ts'
import {
  isWanted,
  type ObservedQueues,
  toOrigin,
  toOwnProgress,
  toQueueOf,
  toRunIdOf,
} from './bullmq-queues.ts'
import { followQueue } from './follow-queue.ts'
import { createObservedStore } from './observed-store.ts'
import { startObserving } from './observer.ts'

/** The runs of observed queues, for the handlers of requests. */
export interface ObservedRuns {
  /** Takes a job off its queue, or asks its worker to stop. */
  cancel(id: string, reason: string | null): Promise<void>
  /** Lets a failed job wait again; `false`: its queue does not keep it any more. */
  retry(id: string): Promise<boolean>
  /** Adds a job to a queue, by the queue's name in runs. */
  add(
    queue: string,
    jobId: string,
    name: string,
    data: unknown,
    options: JobsOptions,
  ): Promise<void>
}

/** The parts that observing takes. */
export interface ObservedParts {
  database: Database
  sources: readonly ObservedQueues[]
  /** The queue of the gateway's own engine: its runs are recorded by its workers. */
  ownQueue: string
  maskErrors: boolean
  maxOutputBytes: number
  logger: Logger
}

/** Jobs that ended longer ago are not read when a queue is observed for the first time. */
const historyMs = 86_400_000

/** The maximum wait for Redis, and for the row to follow it, in milliseconds. */
const [askMs, followMs, lookMs] = [5_000, 2_000, 25]

/** A message of a job that was asked to stop. */
const asked = 'It was asked to stop: its worker may finish it all the same'

/** Observes the queues of each source, until the teardown. */
export async function observeQueues(
  { database, sources, ownQueue, maskErrors, maxOutputBytes, logger }: ObservedParts,
  teardown: Teardown,
): Promise<ObservedRuns> {
  if (sources.length === 0) return withoutQueues
  // Loaded when they are needed: they load BullMQ.
  const { connectRedis } = await import('./redis-client.ts')
  const { createQueueReader } = await import('./queue-reader.ts')
  const { createQueueRequests } = await import('./queue-requests.ts')
  const opened = await Promise.all(
    sources.map(async (source) => {
      const { connection, prefix, queues, logs } = source.options
      const redis = await connectRedis(connection, logger)
      const requests = createQueueRequests(connection, prefix, redis, logger)
      const reader = createQueueReader(redis, prefix)
      const store = createObservedStore(database, randomUUID())
      const shown = {
        progress: toOwnProgress(source, logger),
        toShownError: (reason: string) => (maskErrors ? 'The job failed' : reason),
        maxOutputBytes,
      }
      const observer = startObserving({
        reader,
        store,
        named: queues === '*' ? [] : queues.filter((one) => typeof one === 'string'),
        isFinding: queues === '*' || queues.some((one) => typeof one !== 'string'),
        isWanted: (name) =>
          isWanted(source, name) && !ownQueue.endsWith(`/${toQueueOf(source, name)}`),
        toQueue: (name) => toQueueOf(source, name),
        follow: (name, held) =>
          followQueue(
            name,
            held,
            {
              reader,
              store,
              showing: shown,
              toRunId: toRunIdOf(source, name),
              toOrigin: (id, job) => toOrigin(source, name, id, job, logger),
              toUnknownOrigin: (known) => ({
                name: known ?? name,
                owner: null,
                readers: source.options.public ? 'everyone' : 'admins',
              }),
              stop(jobId) {
                requests.stop(name, jobId, '').catch((error: unknown) => {
                  logger.warn(
                    { err: error, queue: name, jobId },
                    'a job could not be asked to stop',
                  )
                })
              },
              wantsLog: logs,
              logger,
              now: Date.now,
            },
            Date.now() - historyMs,
          ),
        logger,
      })
      teardown.defer(async () => {
        await observer.close()
        await requests.close()
        await redis.close()
      })
      return { source, requests }
    }),
  )
  /** The requests to a queue, and its own name, by its name in runs. */
  const find = (queue: string) => {
    for (const { source, requests } of opened) {
      const prefix = `${source.prefix}:`
      if (queue.startsWith(prefix)) return { name: queue.slice(prefix.length), requests }
    }
    return null
  }
  /** The observer writes what its queue has: a request waits for it, since it answers the state. */
  const untilFollowed = async (id: string, isThere: string): Promise<void> => {
    const untilMs = performance.now() + followMs
    while (performance.now() < untilMs) {
      const { rows } = await database.query(
        `select from headway.run where id = $1 and ${isThere}`,
        [id],
      )
      if (rows.length > 0) return
      await wait(lookMs)
    }
  }
  return {
    async cancel(id, reason) {
      const values = [id, reason, asked]
      const { rows } = await database.query<{
        queue: string
        jobId: string
        reason: string | null
      }>(sql('observe/sql/cancel-observed'), values)
      const [run] = rows
      const found = run && find(run.queue)
      if (!found) return
      try {
        const stopping = found.requests.stop(found.name, run.jobId, run.reason ?? '')
        const outcome = await within(askMs, stopping, 'Redis')
        if (outcome === 'removed') await untilFollowed(id, 'finished_at is not null')
      } catch (error) {
        // The row has the request: the observer repeats it when it compares its runs.
        logger.warn(
          { err: error, runId: id },
          'a job could not be asked to stop; trying again later',
        )
      }
    },
    async retry(id) {
      const { rows } = await database.query<{ queue: string; jobId: string }>(
        `select queue, engine_id as "jobId" from headway.run where id = $1 and engine = 'observed'`,
        [id],
      )
      const [run] = rows
      const found = run && find(run.queue)
      if (!found) return false
      const isRetried = await within(askMs, found.requests.retry(found.name, run.jobId), 'Redis')
      if (isRetried) await untilFollowed(id, 'finished_at is null')
      return isRetried
    },
    async add(queue, jobId, name, data, options) {
      const found = find(queue)
      if (!found) throw new Error(`The queue ${queue} is not observed by this gateway`)
      await found.requests.add(found.name, name, data, { ...options, jobId })
    },
  }
}

/** A gateway that observes nothing. */
const withoutQueues: ObservedRuns = {
  cancel: async () => undefined,
  retry: async () => false,
  add: () => Promise.reject(new Error('This gateway observes no queues')),
}
