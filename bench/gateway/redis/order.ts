/** The words between the bench and its processes about jobs of BullMQ. */

/** The name of the queue, in a Redis of the bench's own. */
export const queueName = 'transcode'

/** The number of reports of each job. */
export const reports = 10

/** An order to a worker: to complete this many jobs, with a wait before each report. */
export interface WorkOrder {
  jobs: number
  paceMs: number
  concurrency: number
}

/** A worker has completed them. */
export interface Worked {
  /** From its first job to its last, in milliseconds. */
  ms: number
}

/** An order to the process that shows jobs: to answer once so many jobs are shown as ended. */
export interface ShowOrder {
  jobs: number
}

/** They are. */
export interface ShownJobs {
  /** The processor time of that process since its start, in microseconds. */
  cpuMicros: number
}

/** Shows jobs to pages. */
export interface Watcher {
  port: number
  /** How many jobs have ended, as pages see it. */
  ended(): Promise<number>
  stop(): Promise<void>
}

/** An order to a reader. */
export type ReadOrder =
  | { type: 'watch'; port: number; id: string }
  /** Everything that has arrived. */
  | { type: 'report' }

/** The times from `updateProgress()` to the callback, in milliseconds. */
export type Lags = number[]

/** Milliseconds of a clock that all processes share. */
export function now(): number {
  return Number(process.hrtime.bigint()) / 1e6
}
