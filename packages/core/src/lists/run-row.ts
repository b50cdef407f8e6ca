import type { AnyRunView } from '../kinds/run-kind.ts'
import type { ListedRun } from '../protocol/runs-page.ts'
import type { JobView } from '../state/job-state.ts'
import type { WorkflowView } from '../state/workflow-state.ts'

/** A run in a list: its names, its view and its actions. Each change of it makes a new object. */
export interface ListedView<TKind, TView>
  extends Omit<ListedRun, 'kind' | 'ended' | 'snapshot' | 'largeOutput'> {
  kind: TKind
  /** The state of the run, as `useJob` or `useWorkflow` shows it. */
  view: TView
  /** Asks the server to cancel the run. The same function for as long as the list has the run. */
  cancel(reason?: string): Promise<void>
  /** Asks the server to run a failed or cancelled run again. */
  retry(): Promise<void>
}

/** A job in a list. */
export interface JobRow<TOutput> extends ListedView<'job', JobView<TOutput>> {}

/** A workflow in a list. */
export interface WorkflowRow<TOutput> extends ListedView<'workflow', WorkflowView<TOutput>> {}

/** A run in a list. `kind` tells a job from a workflow. */
export type RunRow = JobRow<unknown> | WorkflowRow<unknown>

/** A run in a list, with erased types. */
export type AnyRunRow = ListedView<'job' | 'workflow', AnyRunView>
