import type { Logger } from 'pino'
import type { Backoff } from '../app/job.ts'

/** Work as it is handed to an engine. */
export interface Task {
  /** The engine's own id, so that a task enqueued twice is one. A retry of a run is another task. */
  id: string
  runId: string
  /** The job's name. */
  name: string
  args: unknown
  /** How often the engine may try, from 1. */
  attempts: number
}

/** How an engine is to treat a task. */
export interface TaskOptions {
  /** How often the engine may try, from 1. */
  attempts: number
  backoff: Backoff
  /** 1 first, then 2, and so on; 0 before all of them. */
  priority: number
  /** How long it waits before it may be taken, in milliseconds. */
  delayMs: number
}

/** A task as it is handed over. */
export interface NewTask extends Task, TaskOptions {}

/** A task that an engine took out of its queue. */
export interface TakenTask extends Task {
  /** Whether the engine would try again, should this attempt fail. */
  isLastAttempt: boolean
}

/** What the engine is to make of an attempt. */
export type Verdict =
  /** Done, or none of its business any more: take it off the queue. */
  | { type: 'done' }
  /** Failed. `isFinal`: do not try again, whatever attempts are left. */
  | { type: 'failed'; error: Error; isFinal: boolean }
  /**
   * Not for this worker, or not now: deliver it again later, here or elsewhere. This does not count
   * as an attempt.
   */
  | { type: 'postponed'; delayMs: number }

/** `waiting`: it will be taken; `unknown`: the engine has not heard of it, or has forgotten it. */
export type TaskState = 'waiting' | 'active' | 'ended' | 'unknown'

/** What an engine calls while it works. */
export interface WorkHandlers {
  /** Runs one attempt. Never rejects. */
  execute(task: TakenTask): Promise<Verdict>
  /** The engine gave a task up by itself. */
  abandoned(task: Pick<Task, 'id' | 'runId'>, error: Error): Promise<void>
}

/** An engine at work in this process. */
export interface EngineWorker {
  /** Takes no more tasks. Resolves when those it has are done; with `force`, without waiting for them. */
  close(options?: { force?: boolean }): Promise<void>
}

/**
 * An engine, connected to its queue. It delivers a task that has lost its worker again, as often as
 * it takes: lost workers are counted outside.
 */
export interface EngineConnection {
  enqueue(task: NewTask): Promise<void>
  /** Takes a task off the queue, if it still waits there. */
  remove(taskId: string): Promise<void>
  /**
   * Rejects when the queue cannot be reached or used. Without this method, `/_api/ready` says
   * `null`.
   */
  ping?(): Promise<void>
  /** The states of these tasks in the queue, in their order. */
  statesOf(taskIds: readonly string[]): Promise<TaskState[]>
  work(options: { concurrency: number }, handlers: WorkHandlers): Promise<EngineWorker>
  close(): Promise<void>
}

/** How an engine is started. Default: it makes its tables. */
export interface EngineStart {
  /**
   * Whether to make the tables or bring them to this version first. Only one process at a time gets
   * `true`.
   */
  migrate: boolean
}

/** What executes jobs. Nothing that a user sees depends on its events: the wrapper around each attempt records. */
export interface Engine {
  readonly name: string
  /** The name of its queue, unique in a database: runs of other queues are left alone. */
  readonly queue: string
  /**
   * Rejects with `TablesOutdated` when its tables are missing or too old and `migrate` is `false`.
   */
  connect(database: string, logger: Logger, start?: EngineStart): Promise<EngineConnection>
}
