import type { Client } from '../client.ts'
import {
  defineJob,
  defineWorkflow,
  type JobDefinition,
  type WorkflowDefinition,
} from '../definitions.ts'
import type { JobView } from '../state/job-state.ts'
import { isSameJson } from '../state/same-json.ts'
import type { WorkflowView } from '../state/workflow-state.ts'
import type { RunHandle, RunOptions } from '../tracking/handle.ts'

/** What the view of either kind is, where a hook serves both. */
export type AnyRunView = JobView<unknown> | WorkflowView<unknown>

/** The handle of either kind. */
export type AnyRunHandle = RunHandle<AnyRunView, unknown>

/** What a hook for runs may be asked, beyond which run it is. */
export type RunCallbacks = Pick<RunOptions<AnyRunView, unknown>, 'persist' | 'onDone' | 'onFail'>

/** What one component starts and follows. */
export interface Runs {
  /** A run that starts when it is shown. */
  prepare(args: unknown): AnyRunHandle
  /**
   * Starts a run now. With the arguments of the one that is `shown`, while that is not created yet, it is
   * the same intent, a double click: that one is returned.
   */
  start(args: unknown, shown: AnyRunHandle): AnyRunHandle
  /** A run that is there; with `persist` and without an id the one that is remembered. */
  attach(id: string | undefined): AnyRunHandle
}

/**
 * What one component starts and follows of one name.
 *
 * @param callbacks asked each time: a component may render with other ones
 */
export function createRuns(
  client: Client,
  kind: 'job' | 'workflow',
  name: string,
  callbacks: () => RunCallbacks,
): Runs {
  // The client's overloads tell jobs from workflows; here is served whichever it is.
  const what = (kind === 'job' ? defineJob : defineWorkflow)(name) as JobDefinition<
    unknown,
    unknown
  > &
    WorkflowDefinition<unknown, unknown>
  const options: RunOptions<never, unknown> & RunOptions<AnyRunView, unknown> = {
    lazy: true,
    persist: callbacks().persist,
    onDone: (output, view) => callbacks().onDone?.(output, view),
    onFail: (error, view) => callbacks().onFail?.(error, view),
  }
  const argsOf = new WeakMap<AnyRunHandle, { args: unknown }>()
  const prepare = (args: unknown): AnyRunHandle => {
    const handle = client.start(what, args, options) as AnyRunHandle
    argsOf.set(handle, { args })
    return handle
  }
  return {
    prepare,
    start(args, shown) {
      const isStarting = shown.getSnapshot().phase === 'starting'
      const isAgain = isStarting && isSameJson(argsOf.get(shown), { args })
      const handle = isAgain ? shown : prepare(args)
      void handle.retryStart()
      return handle
    },
    attach: (id) => client.attach(what, id, options) as AnyRunHandle,
  }
}

/** The id of the run that is shown; empty while there is none. */
export function idOf(view: AnyRunView): string {
  return 'jobId' in view ? view.jobId : view.workflowId
}
