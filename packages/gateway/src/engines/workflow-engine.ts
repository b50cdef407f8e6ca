import type { Logger } from 'pino'
import { describeError } from '../describe-error.ts'
import { OutputRefused } from '../errors.ts'
import type { EngineStart } from './engine.ts'

/** What remembers, for one execution of one workflow, what was done. */
export interface StepLog {
  /**
   * Does `work` and stores its result under `key`, for good. Rejects with the error of `work`,
   * which is not stored; with a `NotKept` when the result cannot be written; or with a `LogLost`
   * when storing failed for another reason.
   */
  record<T>(key: string, work: () => Promise<T>): Promise<T>
}

/** A workflow engine at work in this process. */
export interface WorkflowRuntime {
  /** Executes `body` under a log that nobody has used. Rejects with what it throws. */
  run(logId: string, body: (log: StepLog) => Promise<void>): Promise<void>
  /** What is in a log, by key. */
  read(logId: string): Promise<ReadonlyMap<string, unknown>>
  /** From now on nobody remembers anything in this log: whoever still executes under it is not to go on. */
  seal(logId: string): Promise<void>
  close(): Promise<void>
}

/** What makes workflows durable. Which run is executed when and by whom is decided outside of it, the same for each engine. */
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
}

/** What was done could not be remembered: this execution is not to go on. */
export class LogLost extends Error {
  override readonly name = 'LogLost'
}

/** The result of a step cannot be written: doing the step again would change nothing. */
export class NotKept extends OutputRefused {
  constructor(cause: unknown) {
    super(
      `What it gave cannot be written down: ${describeError(cause)}`,
      'What it gave cannot be written down',
    )
  }
}
