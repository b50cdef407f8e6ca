import {
  DelayedError,
  type Job,
  type JobState,
  type Queue,
  UnrecoverableError,
  type Worker,
  type WorkerOptions,
} from 'bullmq'
import { toData, toTask } from './bullmq-task.ts'
import type { EngineConnection, EngineWorker, TaskState, WorkHandlers } from './engine.ts'

/**
 * After this many stalls BullMQ gives a job up: the most that its column can count. A job that
 * keeps its process busy also stalls, so we count lost workers in the row instead.
 */
const maxStalledCount = 2 ** 31 - 1

/**
 * The interval at which an idle worker looks for jobs, in seconds. New jobs and earlier due times
 * are notified, so this is for notifications that were lost.
 */
const drainDelay = 15

/** The most jobs that are cleaned at a time. */
const cleanedAtOnce = 1_000

/** BullMQ's states of a job that has ended. */
const ended: ReadonlySet<string> = new Set(['completed', 'failed'])

/** The options of a worker on either database. */
export function workerOptions(
  concurrency: number,
  { lockMs, stalledIntervalMs }: { lockMs: number; stalledIntervalMs: number },
): Omit<WorkerOptions, 'connection'> {
  return {
    concurrency,
    drainDelay,
    lockDuration: lockMs,
    stalledInterval: stalledIntervalMs,
    maxStalledCount,
  }
}

/** The producer's side of an engine, on either database. */
export function toProducer(
  // biome-ignore lint/suspicious/noExplicitAny: a queue of any backend
  queue: Queue<any, any, string, any, any, string, any, any>,
): Omit<EngineConnection, 'work' | 'ping'> & { ping(): Promise<void> } {
  return {
    async enqueue({ id, runId, name, args, attempts, backoff, priority, delayMs }) {
      await queue.add(name, toData({ runId, args }), {
        jobId: id,
        attempts,
        backoff: { type: backoff.type, delay: Math.ceil(backoff.delayMs) },
        priority,
        delay: Math.ceil(delayMs),
        removeOnComplete: { age: 3_600, count: 1_000 },
        removeOnFail: { age: 86_400, count: 1_000 },
      })
    },
    async remove(taskId) {
      await queue.remove(taskId)
    },
    async ping() {
      await queue.isPaused()
    },
    async statesOf(taskIds) {
      const states = taskIds.map((taskId) => queue.getJobState(taskId))
      return (await Promise.all(states)).map(toState)
    },
    async clean(endedForMs) {
      const clean = (state: 'completed' | 'failed') => queue.clean(endedForMs, cleanedAtOnce, state)
      await Promise.all([clean('completed'), clean('failed')])
    },
    close: () => queue.close(),
  }
}

/** A worker as an engine has it: resolves once it takes jobs. */
export async function toEngineWorker(
  // biome-ignore lint/suspicious/noExplicitAny: a worker of any backend
  worker: Worker<any, any, string, any, any, any>,
  handlers: Pick<WorkHandlers, 'abandoned'>,
  warn: (error: Error) => void,
): Promise<EngineWorker> {
  worker.on('error', warn)
  worker.on('failed', (job, error) => {
    // BullMQ also emits this for attempts that our wrapper has recorded: those need nothing more.
    const isGivenUp = job !== undefined && job.finishedOn !== undefined
    const task = isGivenUp ? toTask(job) : null
    if (task) handlers.abandoned(task, error).catch(warn)
  })
  await worker.waitUntilReady()
  return {
    close: async ({ force = false } = {}) => {
      await worker.close(force)
    },
  }
}

/** Runs one attempt of a job of BullMQ. */
export async function process(
  job: Job,
  token: string | undefined,
  execute: WorkHandlers['execute'],
  warn: (error: Error) => void,
): Promise<null> {
  const task = toTask(job)
  if (!task) {
    const error = new UnrecoverableError(notOurs(job))
    warn(error)
    throw error
  }
  const verdict = await execute(task)
  if (verdict.type === 'postponed') {
    // If that fails, the job stays here until its lock has run out. Neither counts as an attempt.
    // BullMQ on PostgreSQL refuses fractions of milliseconds.
    const at = Date.now() + Math.ceil(verdict.delayMs)
    await job.moveToDelayed(at, token).catch(warn)
    throw new DelayedError()
  }
  if (verdict.type === 'failed') {
    throw verdict.isFinal ? new UnrecoverableError(verdict.error.message) : verdict.error
  }
  // The output is in `headway.run`; BullMQ needs no copy.
  return null
}

function toState(state: JobState | 'unknown'): TaskState {
  if (state === 'unknown' || state === 'active') return state
  return ended.has(state) ? 'ended' : 'waiting'
}

const notOurs = ({ id, name, queueName }: Job): string =>
  `The job ${id} (${name}) in the queue ${queueName} is not a job of Headway: ` +
  'give the program that added it a queue of its own'
