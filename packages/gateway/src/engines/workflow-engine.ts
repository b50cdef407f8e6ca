import type { Logger } from 'pino'
import { describeError } from '../describe-error.ts'
import { OutputRefused } from '../errors.ts'
import type { EngineStart } from './engine.ts'

/** Keeps the results of one execution of a workflow. */
export interface StepLog {
  /**
   * Does `work` and stores its result under `key` for good. Rejects with the error of `work`, which
   * is not stored; with a `NotKept` when the result cannot be written; or with a `LogLost` when
   * storing failed for another reason.
   */
  record<T>(key: string, work: () => Promise<T>): Promise<T>
}

/** A connection to the database, as `pg` has it. */
export interface LogDatabase {
  query(text: string, values: unknown[]): Promise<{ rows: Record<string, unknown>[] }>
}

/** A workflow engine at work in this process. */
export interface WorkflowRuntime {
  /** Executes `body` under a new log. Rejects with the error of `body`. */
  run(logId: string, body: (log: StepLog) => Promise<void>): Promise<void>
  /** The results of a log, by key. */
  read(logId: string): Promise<ReadonlyMap<string, unknown>>
  /** Closes a log: an execution that still uses it must stop. */
  seal(logId: string): Promise<void>
  close(): Promise<void>
}

/**
 * Makes workflows durable. Our worker decides which run is executed when, the same way for each
 * engine.
 */
export interface WorkflowEngine {
  readonly name: string
  /**
   * Rejects with `TablesOutdated` when its tables are missing or too old and `migrate` is `false`.
   *
   * @param executorId of this process alone
   */
  start(
    database: string,
    executorId: string,
    logger: Logger,
    start?: EngineStart,
  ): Promise<WorkflowRuntime>
  /** Removes logs. It is called where the engine may not be started, in a transaction. */
  forget?(database: LogDatabase, logIds: readonly string[]): Promise<void>
}

/** A result could not be stored: this execution must stop. */
export class LogLost extends Error {
  override readonly name = 'LogLost'
}

/** The result of a step cannot be written: a repetition of the step would fail, too. */
export class NotKept extends OutputRefused {
  constructor(cause: unknown) {
    super(`The result cannot be stored: ${describeError(cause)}`, 'The result cannot be stored')
  }
}
