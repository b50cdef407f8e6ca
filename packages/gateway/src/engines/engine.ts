import type { Logger } from 'pino'
import type { Backoff } from '../app/job.ts'

/** A task of an engine: one job, handed over for execution. */
export interface Task {
  /**
   * The engine's own id. If a task is enqueued twice, it is still one task. A retry of a run is a
   * new task with a new id.
   */
  id: string
  runId: string
  /** The job's name. */
  name: string
  args: unknown
  /** The maximum number of attempts, from 1. */
  attempts: number
}

/** The options of a task. */
export interface TaskOptions {
  /** The maximum number of attempts, from 1. */
  attempts: number
  backoff: Backoff
  /** 1 first, then 2, and so on; 0 before all of them. */
  priority: number
  /** The time before the task may be taken, in milliseconds. */
  delayMs: number
}

/** A task with its options. */
export interface NewTask extends Task, TaskOptions {}

/** A task that an engine took out of its queue. */
export interface TakenTask extends Task {
  /** No attempt follows this one. */
  isLastAttempt: boolean
}

/** The result of an attempt. */
export type Verdict =
  /** The task is done, or its run no longer needs it: take it off the queue. */
  | { type: 'done' }
  /** Failed. `isFinal`: do not try again, whatever attempts are left. */
  | { type: 'failed'; error: Error; isFinal: boolean }
  /**
   * Not for this worker, or not now: deliver it again later, here or elsewhere. This does not count
   * as an attempt.
   */
  | { type: 'postponed'; delayMs: number }

/** `waiting`: it will be taken. `unknown`: the engine does not have it. */
export type TaskState = 'waiting' | 'active' | 'ended' | 'unknown'

/** The callbacks of a working engine. */
export interface WorkHandlers {
  /** Runs one attempt. Never rejects. */
  execute(task: TakenTask): Promise<Verdict>
  /** The engine has given up a task on its own. */
  abandoned(task: Pick<Task, 'id' | 'runId'>, error: Error): Promise<void>
}

/** An engine at work in this process. */
export interface EngineWorker {
  /** Takes no more tasks. Resolves when the running ones are done; with `force`, at once. */
  close(options?: { force?: boolean }): Promise<void>
}

/**
 * An engine, connected to its queue. If a worker is lost, the engine delivers its task again,
 * without a limit: the caller counts lost workers.
 */
export interface EngineConnection {
  enqueue(task: NewTask): Promise<void>
  /** Takes a task off the queue, if it still waits there. */
  remove(taskId: string): Promise<void>
  /**
   * Rejects when the queue cannot be reached or used. Without this method, `/_api/ready` reports
   * `null`.
   */
  ping?(): Promise<void>
  /** The states of these tasks in the queue, in their order. */
  statesOf(taskIds: readonly string[]): Promise<TaskState[]>
  /**
   * The places of these tasks among those that wait to be taken: 1 is next. Without those that do
   * not wait, as delayed ones, and those far behind.
   */
  positions?(taskIds: readonly string[]): Promise<ReadonlyMap<string, number>>
  /** Removes what the queue still has of tasks that ended so long ago. */
  clean?(endedForMs: number): Promise<void>
  work(options: { concurrency: number }, handlers: WorkHandlers): Promise<EngineWorker>
  close(): Promise<void>
}

/** The options of a start. Default: the engine creates its tables. */
export interface EngineStart {
  /**
   * Creates the tables, or updates them to this version. Only one process at a time gets `true`.
   */
  migrate: boolean
}

/**
 * Executes jobs. Its events are not relied on: a wrapper around each attempt records everything
 * that users see.
 */
export interface Engine {
  readonly name: string
  /** The name of its queue, unique in a database: runs of other queues are left alone. */
  readonly queue: string
  /**
   * Rejects with `TablesOutdated` when its tables are missing or too old and `migrate` is `false`.
   */
  connect(database: string, logger: Logger, start?: EngineStart): Promise<EngineConnection>
}
