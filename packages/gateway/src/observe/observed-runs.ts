import { setTimeout as wait } from 'node:timers/promises'
import type { JobsOptions } from 'bullmq'
import { sql } from '../sql.ts'
import type { Teardown } from '../teardown.ts'
import { within } from '../within.ts'
import type { ObserveOptions } from './observe-source.ts'
import { isWanted, type ObservedQueues, toNameOf } from './observed-queues.ts'

/** The runs of observed queues, for the handlers of requests. */
export interface ObservedRuns {
  /** The names of the observed queues, as runs have them. */
  queues(): Promise<string[]>
  /** A queue is observed here, by its name in runs. */
  has(queue: string): boolean
  /** The places of jobs that wait in a queue, by the queue's name in runs. */
  positions(queue: string, jobIds: readonly string[]): Promise<ReadonlyMap<string, number>>
  /** Looks for queues that are new: a job is asked for that is not there. */
  lookForQueues(): void
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

/** The maximum wait for Redis, and for the row to follow it, in milliseconds. */
const [askMs, followMs, lookMs] = [5_000, 2_000, 25]

/** A message of a job that was asked to stop. */
const asked = 'It was asked to stop: its worker may finish it all the same'

/** Observes the queues of each source, until the teardown. */
export async function observeQueues(
  sources: readonly ObservedQueues[],
  options: ObserveOptions,
  teardown: Teardown,
): Promise<ObservedRuns> {
  if (sources.length === 0) return withoutQueues
  const { database, logger } = options
  // Loaded when it is needed: it loads BullMQ.
  const { observeSource } = await import('./observe-source.ts')
  const opened = sources.map((source) => {
    const { close, ...observed } = observeSource(source, options)
    teardown.defer(close)
    return { source, ...observed }
  })
  /** The requests to a queue, and its own name, by its name in runs. */
  const find = (queue: string) => {
    for (const { source, requests } of opened) {
      const name = toNameOf(source, queue)
      if (name !== null && isWanted(source, name)) return { name, requests }
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
    async queues() {
      const { rows } = await database.query<{ queue: string }>(sql('observe/sql/read-queues'))
      const isMine = ({ queue }: { queue: string }): boolean =>
        sources.some((source) => {
          const name = toNameOf(source, queue)
          return name !== null && isWanted(source, name)
        })
      return rows.filter(isMine).map(({ queue }) => queue)
    },
    has: (queue) => find(queue) !== null,
    async positions(queue, jobIds) {
      const found = find(queue)
      return found ? found.requests.positions(found.name, jobIds) : new Map()
    },
    lookForQueues() {
      for (const { lookForQueues } of opened) lookForQueues()
    },
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
  queues: async () => [],
  has: () => false,
  positions: async () => new Map(),
  lookForQueues: () => undefined,
  cancel: async () => undefined,
  retry: async () => false,
  add: () => Promise.reject(new Error('This gateway observes no queues')),
}
