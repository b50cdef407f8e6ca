import type { Logger } from 'pino'
import type { JobReading } from './job-reading.ts'
import type { Showing } from './observation.ts'
import type { ObservedRun, ObservedStore } from './observed-store.ts'
import type { QueueReader } from './queue-reader.ts'

/** The parts that following a queue takes. */
export interface Following {
  reader: QueueReader
  store: Omit<ObservedStore, 'hold' | 'leave'>
  showing: Showing
  /** The id of the run of a job. */
  toRunId(jobId: string): string
  /** Owner and name of a job that was read; `null`: it is not to be shown. */
  toOrigin(jobId: string, job: JobReading): ObservedRun['origin']
  /** The owner and name of a job that only events tell of. */
  toUnknownOrigin(name: string | null): ObservedRun['origin']
  /** A job was asked to stop, and has not. */
  stop(jobId: string): void
  wantsLog: boolean
  logger: Logger
  now(): number
}

/** One queue whose events this process reads. */
export interface FollowedQueue {
  readonly term: string
  /** The place up to which its events are written. */
  place(): string
  /** The lease is over: another one may follow it. */
  isLost(): boolean
  /** Writes what has happened since. */
  advance(): Promise<void>
  /** Writes active jobs whose log has grown, if it is time to look: a line makes no event. */
  readLogs(): Promise<void>
  /** Compares runs with the queue: all if it has fewer jobs than runs, otherwise some in turn. */
  sweep(): Promise<void>
}
