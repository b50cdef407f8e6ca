import type { WorkflowSnapshot, WorkflowStatus, WorkflowStepState } from '../protocol/snapshots.ts'
import { inPhase, type WorkflowPhase, workflowPhase } from './phase.ts'
import {
  type Fold,
  idleRun,
  type RunEvent,
  type RunRules,
  type RunView,
  reduceRun,
  toFold,
} from './run-state.ts'
import { isSameJson } from './same-json.ts'

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
  /** Percent, 0 to 100; `null` if unknown. Each attempt begins with `null`. */
  progress: number | null
  message: string | null
}

/** The events of {@link reduceWorkflow}. */
export type WorkflowEvent = RunEvent<WorkflowSnapshot>

/** The view of no workflow. */
export const idleWorkflow: WorkflowView<never> = {
  workflowId: '',
  status: 'created',
  step: null,
  waitingFor: null,
  steps: [],
  output: null,
  error: null,
  progress: null,
  message: null,
  ...idleRun,
}

const rules: RunRules<WorkflowView<unknown>, WorkflowSnapshot> = {
  idle: idleWorkflow,
  phaseOf: workflowPhase,
  isShown: (view, snapshot) =>
    view.status === snapshot.status &&
    view.phase === workflowPhase(snapshot) &&
    view.step === snapshot.step &&
    view.waitingFor === snapshot.waiting_for &&
    view.error === snapshot.error &&
    view.progress === (snapshot.progress ?? null) &&
    view.message === (snapshot.message ?? null) &&
    isSameJson(view.steps, snapshot.steps) &&
    isSameJson(view.output, snapshot.output),
  toView: (view, snapshot, { phase, isActive, isDone }, attempt, revision) => ({
    ...view,
    status: snapshot.status,
    step: snapshot.step,
    waitingFor: snapshot.waiting_for,
    steps: snapshot.steps,
    output: snapshot.output,
    error: snapshot.error,
    progress: snapshot.progress ?? null,
    message: snapshot.message ?? null,
    loading: false,
    phase,
    isActive,
    isDone,
    attempt,
    revision,
  }),
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
): Fold<WorkflowView<unknown>> {
  return reduceRun(rules, fold, event)
}
