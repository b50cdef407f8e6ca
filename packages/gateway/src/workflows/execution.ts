import type { Logger } from 'pino'
import type { ChildBranch } from '../app/branch.ts'
import type { AnyWorkflow } from '../app/workflow.ts'
import type { Faults } from '../faults.ts'
import type { Board } from './board.ts'
import type { Memory, Outcome } from './memory.ts'
import type { ClaimedWorkflow } from './workflow-recorder.ts'

/** The parts that one execution of a workflow needs. */
export interface WorkflowExecution {
  run: Pick<ClaimedWorkflow, 'id' | 'name' | 'owner' | 'attempt' | 'args'>
  definition: AnyWorkflow
  maxOutputBytes?: number
  memory: Memory
  board: Board
  faults: Faults
  logger: Logger
  /**
   * Aborts when a user cancels: running steps are asked to stop, and then finished steps are
   * undone.
   */
  cancelled: AbortSignal
  /** Aborts when this process must not continue: nothing new begins, and running steps may end. */
  released: AbortSignal
  /**
   * Aborts, after `released`, when another process may have the run: running steps are asked to
   * stop.
   */
  lost: AbortSignal
  /** The time by the database's clock, which all workers share, in epoch milliseconds. */
  now(): Promise<number>
  /**
   * Waits for an event; `null` when `untilMs` (by the database's clock) has passed, or `signal` has
   * aborted.
   */
  awaitEvent(
    name: string,
    wait: string,
    untilMs: number | null,
    signal: AbortSignal,
  ): Promise<{ payload: unknown } | null>
  /** Waits until a time by the database's clock, or until `signal` aborts. */
  awaitTime(untilMs: number, signal: AbortSignal): Promise<void>
  /** Runs another workflow to its end and passes a cancellation on; `null`: it was interrupted. */
  awaitChild(branch: ChildBranch<string, unknown>): Promise<Outcome | null>
}
