import type { Client } from '../client.ts'
import type { JobDefinition, WorkflowDefinition } from '../definitions/definition.ts'
import type { GroupChoices } from '../groups/group.ts'
import type { AnyRunView } from '../kinds/run-kind.ts'
import { filesOf } from '../rpc/sendable.ts'
import { isSameJson } from '../state/same-json.ts'
import { encodeArgs } from '../tracking/coding.ts'
import type { RunHandle, RunOptions } from '../tracking/handle.ts'
import { isUndecided } from '../tracking/start.ts'
import { whenReady } from './ready.ts'

/** The definition of a job or a workflow. */
export type AnyRunDefinition = JobDefinition<never, unknown> | WorkflowDefinition<never, unknown>

/** The handle of a job or a workflow. */
export type AnyRunHandle = RunHandle<AnyRunView, unknown>

/** The options of a hook for a run, besides the run's id and arguments. */
export type RunCallbacks<TView, TOutput> = Pick<
  RunOptions<TView, TOutput>,
  'persist' | 'title' | 'tags' | 'onDone' | 'onFail'
>

/** The callbacks of a component, with those that only a group has. */
export type AnyRunCallbacks = RunCallbacks<AnyRunView, unknown> & GroupChoices<never>

/** Prepares a start: a lazy one, whose options are read when it is sent. */
export type Begin = (
  client: Client,
  args: unknown,
  options: RunOptions<AnyRunView, unknown> & GroupChoices<never>,
) => AnyRunHandle

/** The actions on the shown run. */
export interface RunActions<TArgs, THandle> {
  /**
   * Starts a run and shows it. Call it from an event. A second call with equal arguments starts no
   * second run while the first start is under way, as on a double click, or if its answer was lost.
   */
  start(...args: undefined extends TArgs ? [args?: TArgs] : [args: TArgs]): THandle
  /** Asks the server to cancel the shown run. */
  cancel(reason?: string): Promise<void>
  /** Asks the server to run a failed or cancelled run again. */
  retry(): Promise<void>
  /** Repeats a failed start under the same idempotency key. */
  retryStart(): Promise<void>
  /**
   * Resolves with the server's first answer about the shown run. At once in server-side rendering.
   */
  ready(): Promise<void>
}

/** The runs of one definition in one component. */
export interface Runs {
  /** Read when a run starts or ends. A component may replace them with each render. */
  callbacks: AnyRunCallbacks
  /**
   * The run for `args`, which starts with its first subscriber. `undefined` with an id or without
   * args.
   */
  first(id: string | undefined, args: unknown): AnyRunHandle | undefined
  /** The run with this id. Without an id, and with `persist`, the remembered run. */
  attach(id: string | undefined): AnyRunHandle
  /** The actions on the run that `shown` returns. `show` receives a run that was started. */
  actions(
    shown: () => AnyRunHandle,
    show: (handle: AnyRunHandle) => void,
  ): RunActions<unknown, AnyRunHandle>
}

/**
 * The runs of one definition in one component, which starts and shows them.
 *
 * @param begin prepares a start. Default: `client.start()`
 */
export function createRuns(
  client: Client,
  definition: AnyRunDefinition,
  callbacks: AnyRunCallbacks,
  begin?: Begin,
): Runs {
  // The overloads of the client tell jobs from workflows; this code serves both.
  const erased = definition as JobDefinition<unknown, unknown> &
    WorkflowDefinition<unknown, unknown>
  const options: RunOptions<never, unknown> &
    RunOptions<AnyRunView, unknown> &
    GroupChoices<never> = {
    lazy: true,
    persist: callbacks.persist,
    get title() {
      return runs.callbacks.title
    },
    get tags() {
      return runs.callbacks.tags
    },
    get onFailure() {
      return runs.callbacks.onFailure
    },
    get label() {
      return runs.callbacks.label
    },
    onDone: (output, view) => runs.callbacks.onDone?.(output, view),
    onFail: (error, view) => runs.callbacks.onFail?.(error, view),
  }
  /** The arguments to compare: encoded, unless the codec throws. */
  const onWire = (args: unknown): unknown => {
    try {
      return encodeArgs(erased, args)
    } catch {
      return args
    }
  }
  const argsOf = new WeakMap<AnyRunHandle, { args: unknown }>()
  const prepare = (args: unknown): AnyRunHandle => {
    const handle = begin
      ? begin(client, args, options)
      : (client.start(erased, args, options) as AnyRunHandle)
    argsOf.set(handle, { args: onWire(args) })
    return handle
  }
  const runs: Runs = {
    callbacks,
    first: (id, args) => (id === undefined && args !== undefined ? prepare(args) : undefined),
    attach: (id) => client.attach(erased, id, options) as AnyRunHandle,
    actions: (shown, show) => ({
      start(args) {
        // A double click, or a click after a lost answer, is the same start.
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

/** True for equal arguments with the same files. Arguments that cannot be sent equal nothing. */
function isSameArgs(a: unknown, b: unknown): boolean {
  try {
    // As JSON, all files look the same.
    const [files, others] = [filesOf(a), filesOf(b)]
    return isSameJson(a, b) && files.every((file, index) => file === others[index])
  } catch {
    return false
  }
}
