import type { Logger } from 'pino'
import type { Jobs } from '../app/api.ts'
import { type AnyJob, job } from '../app/job.ts'
import { forEachOf } from '../at-once.ts'
import type { EngineConnection, TaskOptions } from '../engines/engine.ts'
import { inBackground } from '../handled.ts'
import { within } from '../within.ts'
import type { HandOverStore, PendingTask } from './hand-over-store.ts'
import type { NewRun } from './recorder.ts'

/** Hands jobs to their engine. */
export interface HandOver {
  /**
   * Hands a task over, or logs why it could not in two seconds: its row is there, so any process of
   * its queue hands it over a little later. Never rejects. The same task twice is one.
   */
  task(task: PendingTask): Promise<void>
  /** The same of some, in the background. */
  tasks(tasks: readonly PendingTask[]): void
  /**
   * Hands many over, a few at a time, and resolves when it has. After a failure the others are left
   * to the check that hands over what was left. Never rejects.
   */
  many(tasks: readonly PendingTask[]): Promise<void>
  close(): void
}

/**
 * The time that a process has to hand over a start before others do it, and the interval at which
 * others check, in milliseconds.
 */
const [patienceMs, everyMs] = [2_000, 10_000]

/** The number of jobs that are read together of those that were left, and handed over of many. */
const [leftAtOnce, manyAtOnce] = [100, 16]

/**
 * The options of a job for its engine: stored at the start, so that any process can hand the job
 * over.
 */
export function toTaskOptions({ attempts, backoff, priority, delayMs }: AnyJob): TaskOptions {
  return { attempts, backoff, priority, delayMs }
}

/**
 * The first task of a run has the run's id, unless another program's queue names it. The task of a
 * retry has an id of its own.
 */
export function toFirstTask({ id, engineId = id, name, args, options }: NewRun): PendingTask {
  return { id: engineId, runId: id, name, args, options }
}

/**
 * Hands jobs to their engine, including those that other processes of the same queue have left
 * behind. A start is recorded before it is handed over, so a crash, a refusal or a lost answer
 * loses none.
 */
export function createHandOver(
  store: HandOverStore,
  engine: Pick<EngineConnection, 'enqueue'>,
  jobs: Jobs,
  logger: Logger,
): HandOver {
  const handOver = async (task: PendingTask): Promise<void> => {
    // A job that is not defined any more is handed over all the same: its worker may still know it.
    const options = task.options ?? toTaskOptions(jobs[task.name] ?? job({ run: () => null }))
    const { id, runId, name, args } = task
    await engine.enqueue({ id, runId, name, args, ...options })
    await store.note(runId, id)
  }
  const handOverAll = async (): Promise<void> => {
    for (;;) {
      const left = await store.readLeftOver(Object.keys(jobs), patienceMs)
      const outcomes = await Promise.allSettled(left.map(handOver))
      // A job that the engine refuses does not hold up the others.
      const refused = outcomes.find((outcome) => outcome.status === 'rejected')
      if (refused) throw refused.reason
      if (left.length < leftAtOnce) return
    }
  }
  let isSweeping = false
  const timer = setInterval(() => {
    // A queue that hangs is not asked for more and more.
    if (isSweeping) return
    isSweeping = true
    handOverAll()
      .catch((error: unknown) => {
        logger.warn({ err: error }, 'abandoned starts could not be handed to their engine')
      })
      .finally(() => {
        isSweeping = false
      })
  }, everyMs).unref()
  const tryToHandOver = (task: PendingTask): Promise<void> =>
    within(patienceMs, handOver(task), 'The queue').catch((error: unknown) => {
      const { runId } = task
      logger.warn(
        { err: error, runId },
        'a job could not be handed to its engine; trying again later',
      )
    })
  return {
    task: tryToHandOver,
    tasks(tasks) {
      const all = Promise.all(tasks.map(tryToHandOver))
      inBackground(all, logger, 'jobs could not be handed to their engine')
    },
    async many(tasks) {
      const all = forEachOf(tasks, manyAtOnce, (task) =>
        within(patienceMs, handOver(task), 'The queue'),
      )
      await all.catch((error: unknown) => {
        logger.warn({ err: error }, 'jobs could not be handed to their engine; trying again later')
      })
    },
    close: () => clearInterval(timer),
  }
}
