import type { WorkflowSnapshot, WorkflowStatus, WorkflowStepState } from '../protocol/snapshots.ts'
import { type WorkflowPhase, workflowPhase } from './phase.ts'
import {
  type Fold,
  idleRun,
  inPhase,
  type RunEvent,
  type RunRules,
  type RunView,
  reduceRun,
  toFold,
} from './run-state.ts'
import { isSameJson } from './same-json.ts'

/** What the server says of a workflow. */
export interface WorkflowState<TOutput> {
  /** Empty until the server has created the workflow. */
  workflowId: string
  /** A word this version does not know is passed through; its phase is `running`. */
  status: WorkflowStatus
  /** The step under way; `null` when none is, or the server does not say. */
  step: string | null
  /** The event it waits for. */
  waitingFor: string | null
  /** In the order in which they began, or were declared. */
  steps: WorkflowStepState[]
  /** What the workflow returned; `null` until it is `completed`. */
  output: TOutput | null
  error: string | null
}

/** A workflow as a screen shows it. Immutable: a new object for each change, the same one for none. */
export interface WorkflowView<TOutput> extends WorkflowState<TOutput>, RunView<WorkflowPhase> {
  /** Percent, 0 to 100; `null` when it cannot be said. Each attempt begins without. */
  progress: number | null
  message: string | null
}

/** What can happen to a workflow that is shown. */
export type WorkflowEvent = RunEvent<WorkflowSnapshot>

/** Nothing started, nothing followed. */
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

/** The same of a workflow as `followJob` of a job. */
export function followWorkflow(workflowId: string, loading = false): Fold<WorkflowView<unknown>> {
  const known = { ...idleWorkflow, ...inPhase('queued'), workflowId, loading } as const
  return toFold(workflowId === '' ? idleWorkflow : known)
}

/** What is known of a workflow after `event`. Pure and total; the same view for no change. @see {@link reduceRun} */
export function reduceWorkflow(
  fold: Fold<WorkflowView<unknown>>,
  event: WorkflowEvent,
): Fold<WorkflowView<unknown>> {
  return reduceRun(rules, fold, event)
}
