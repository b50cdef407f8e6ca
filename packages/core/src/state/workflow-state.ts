import type {
  StepSnapshot,
  StepStatus,
  WorkflowSnapshot,
  WorkflowStatus,
} from '../protocol/snapshots.ts'
import { inPhase, type WorkflowPhase, workflowPhase } from './phase.ts'
import { type Fold, type RunEvent, type RunRules, reduceRun, toFold } from './run-state.ts'
import { type RunView, toIdle, toNumber } from './run-view.ts'

/** One step of a workflow. A newer server may send another status, which is passed through. */
export interface WorkflowStepState {
  name: string
  status: StepStatus
  error: string | null
  /** When it began, in epoch milliseconds of the device's clock; `null` before, and on Forge. */
  startedAt: number | null
  /** When it was completed, failed or undone; `null` before, and on Forge. */
  finishedAt: number | null
}

/** The state of a workflow at the server. */
export interface WorkflowState<TOutput> {
  /** Empty until the server has created the workflow. */
  workflowId: string
  /** A newer server may send another word, which is passed through. Its phase is `running`. */
  status: WorkflowStatus
  /** The name of the current step; `null` between steps, and always on Forge. */
  step: string | null
  /** The name of the event that it waits for. */
  waitingFor: string | null
  /** In the order in which they began or were declared. */
  steps: WorkflowStepState[]
  /** The return value of the workflow; `null` until it is `completed`. */
  output: TOutput | null
  error: string | null
}

/** The state of a workflow for a screen. Immutable: each change makes a new object. */
export interface WorkflowView<TOutput> extends WorkflowState<TOutput>, RunView<WorkflowPhase> {
  /** Like that of a job; each attempt begins with `null`. */
  progress: number | null
  message: string | null
}

/** The events of {@link reduceWorkflow}. */
export type WorkflowEvent = RunEvent<WorkflowSnapshot>

/** The view of no workflow. */
export const idleWorkflow: WorkflowView<never> = /* @__PURE__ */ Object.assign(
  /* @__PURE__ */ toIdle<WorkflowView<never>>('created'),
  { workflowId: '', step: null, waitingFor: null, steps: [] },
)

const rules: RunRules<WorkflowView<unknown>, WorkflowSnapshot> = {
  idle: idleWorkflow,
  phaseOf: workflowPhase,
  toView: (shared, { workflowId }, { step, waiting_for, steps }, offsetMs) =>
    Object.assign(shared, {
      workflowId,
      step,
      waitingFor: waiting_for,
      steps: toSteps(steps, offsetMs),
    }),
}

function toSteps(steps: StepSnapshot[], offsetMs: number): WorkflowStepState[] {
  return steps.map(({ name, status, error, started_at, finished_at }) => ({
    name,
    status,
    error,
    startedAt: toNumber(started_at, offsetMs),
    finishedAt: toNumber(finished_at, offsetMs),
  }))
}

/**
 * The fold of a workflow before the server's first answer. An empty id gives the idle view.
 *
 * @param loading true until the server confirms that the workflow exists
 */
export function followWorkflow(workflowId: string, loading = false): Fold<WorkflowView<unknown>> {
  const known = { ...idleWorkflow, ...inPhase('queued'), workflowId, loading } as const
  return toFold(workflowId === '' ? idleWorkflow : known)
}

/**
 * The state of a workflow after `event`. Pure and total. The same view if nothing changed.
 * @see {@link reduceRun}
 */
export function reduceWorkflow(
  fold: Fold<WorkflowView<unknown>>,
  event: WorkflowEvent,
  offsetMs?: number,
): Fold<WorkflowView<unknown>> {
  return reduceRun(rules, fold, event, offsetMs)
}
