import type { Client } from '../client.ts'
import type { JobDefinition, WorkflowDefinition } from '../definitions/definition.ts'
import type { AnyRunView } from '../kinds/run-kind.ts'
import { isSameJson } from '../state/same-json.ts'
import { encodeArgs } from '../tracking/coding.ts'
import type { RunHandle, RunOptions } from '../tracking/handle.ts'
import { isUndecided } from '../tracking/start.ts'
import { whenReady } from './ready.ts'

/** The definition of a job or a workflow. */
export type AnyRunDefinition = JobDefinition<never, unknown> | WorkflowDefinition<never, unknown>

/** The handle of a job or a workflow. */
export type AnyRunHandle = RunHandle<AnyRunView, unknown>

/** What a hook for a run may be asked, whichever run it shows. */
export type RunCallbacks<TView, TOutput> = Pick<
  RunOptions<TView, TOutput>,
  'persist' | 'onDone' | 'onFail'
>

/** What can be done about the run that is shown. */
export interface RunActions<TArgs, THandle> {
  /**
   * Starts a run and shows it. Call it from an event: calling it twice with equal arguments, as a double
   * click does, starts one; so does calling it again when nobody knows whether the run was started, since the answer
   * was lost.
   */
  start(...args: undefined extends TArgs ? [args?: TArgs] : [args: TArgs]): THandle
  /** Asks the server to cancel the run that is shown. */
  cancel(reason?: string): Promise<void>
  /** Asks the server to run again what failed or was cancelled. */
  retry(): Promise<void>
  /** Starts again what could not be started, as the same intent. */
  retryStart(): Promise<void>
  /** Resolves once the server has said something of the run that is shown. On a server that renders, at once. */
  ready(): Promise<void>
}

/** What one component starts and follows. */
export interface Runs {
  /** Asked when a run ends: a component that renders again may have other ones. */
  callbacks: RunCallbacks<AnyRunView, unknown>
  /** What is shown first when no `id` is asked for: a run that starts when somebody watches it; without arguments none. */
  first(id: string | undefined, args: unknown): AnyRunHandle | undefined
  /** A run that is there; with `persist` and without an id the one that is remembered. */
  attach(id: string | undefined): AnyRunHandle
  /** What can be done about what is `shown`; a run that was started is given to `show`. */
  actions(
    shown: () => AnyRunHandle,
    show: (handle: AnyRunHandle) => void,
  ): RunActions<unknown, AnyRunHandle>
}

/** What one component starts and follows of one name. */
export function createRuns(
  client: Client,
  definition: AnyRunDefinition,
  callbacks: RunCallbacks<AnyRunView, unknown>,
): Runs {
  // The overloads of the client tell jobs from workflows; this code serves both.
  const what = definition as JobDefinition<unknown, unknown> & WorkflowDefinition<unknown, unknown>
  const options: RunOptions<never, unknown> & RunOptions<AnyRunView, unknown> = {
    lazy: true,
    persist: callbacks.persist,
    onDone: (output, view) => runs.callbacks.onDone?.(output, view),
    onFail: (error, view) => runs.callbacks.onFail?.(error, view),
  }
  /** Arguments as they are compared: what a codec makes of them, if it can. */
  const onWire = (args: unknown): unknown => {
    try {
      return encodeArgs(what, args)
    } catch {
      return args
    }
  }
  const argsOf = new WeakMap<AnyRunHandle, { args: unknown }>()
  const prepare = (args: unknown): AnyRunHandle => {
    const handle = client.start(what, args, options) as AnyRunHandle
    argsOf.set(handle, { args: onWire(args) })
    return handle
  }
  const runs: Runs = {
    callbacks,
    first: (id, args) => (id === undefined && args !== undefined ? prepare(args) : undefined),
    attach: (id) => client.attach(what, id, options) as AnyRunHandle,
    actions: (shown, show) => ({
      start(args) {
        // Not known to be created, and the same once more: a double click, or a click after a lost answer.
        const { phase, startError } = shown().getSnapshot()
        const isOpen = phase === 'starting' || isUndecided(startError)
        const isAgain = isOpen && isSameArgs(argsOf.get(shown()), { args: onWire(args) })
        const handle = isAgain ? shown() : prepare(args)
        void handle.retryStart()
        show(handle)
        return handle
      },
      cancel: (reason) => shown().cancel(reason),
      retry: () => shown().retry(),
      retryStart: () => shown().retryStart(),
      ready: () => whenReady(shown()),
    }),
  }
  return runs
}

/** True for equal arguments. Arguments that JSON cannot hold equal nothing. */
function isSameArgs(a: unknown, b: unknown): boolean {
  try {
    return isSameJson(a, b)
  } catch {
    return false
  }
}
