import type pg from 'pg'
import type { Logger } from 'pino'
import type { Jobs } from '../app/api.ts'
import { createHandOver, type HandOver } from '../runs/hand-over.ts'
import { createHandOverStore, type PendingTask } from '../runs/hand-over-store.ts'
import type { ObservedRuns } from './observed-runs.ts'

/** The parts that hand jobs to queues of other programs. */
export interface ForeignHandOver {
  pool: pg.Pool
  jobs: Jobs
  observed: Pick<ObservedRuns, 'add'>
  logger: Logger
}

/**
 * Hands each job to its queue: those of `queueJob()` to a queue of another program, all others to
 * the gateway's engine.
 */
export function routeHandOvers(
  own: HandOver,
  { pool, jobs, observed, logger }: ForeignHandOver,
): HandOver {
  const byQueue = new Map<string, HandOver>()
  const byName = new Map<string, HandOver>()
  for (const [name, { queue }] of Object.entries(jobs)) {
    if (!queue) continue
    const place = { engine: 'observed', queue: `${queue.prefix}:${queue.name}` }
    const handOver =
      byQueue.get(place.queue) ??
      createHandOver(
        createHandOverStore(pool, place),
        {
          async enqueue({ id, name, args, attempts, backoff, priority, delayMs }) {
            const { jobName = null, options } = jobs[name]?.queue ?? {}
            const delay = backoff.delayMs
            await observed.add(place.queue, id, jobName ?? name, args, {
              ...options,
              attempts,
              backoff: { type: backoff.type, delay },
              priority,
              delay: delayMs,
            })
          },
        },
        jobs,
        logger,
      )
    byQueue.set(place.queue, handOver)
    byName.set(name, handOver)
  }
  const of = (name: string): HandOver => byName.get(name) ?? own
  return {
    task: (task) => of(task.name).task(task),
    tasks(tasks) {
      for (const task of tasks) of(task.name).tasks([task])
    },
    async many(tasks) {
      const theirs = new Map<HandOver, PendingTask[]>()
      for (const task of tasks) {
        const handOver = of(task.name)
        const some = theirs.get(handOver)
        if (some) some.push(task)
        else theirs.set(handOver, [task])
      }
      await Promise.all([...theirs].map(([handOver, some]) => handOver.many(some)))
    },
    close() {
      own.close()
      for (const handOver of byQueue.values()) handOver.close()
    },
  }
}
