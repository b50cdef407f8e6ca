import { createStore, type RunOptions } from '@headway/core'
import { type AnyRunHandle, type AnyRunView, createRuns, idOf } from '@headway/core/adapter'
import { createSubscriber } from 'svelte/reactivity'
import { useClient } from './client-context.ts'
import { type MaybeGetter, toValue } from './getter.ts'
import { type Readable, toReadable } from './to-readable.ts'
import { whenReady } from './when-ready.ts'

/** What may be asked of a run, beyond which run it is. */
export interface UseRunOptions<TArgs, TView, TOutput>
  extends Pick<RunOptions<TView, TOutput>, 'persist' | 'onDone' | 'onFail'> {
  /** Starts a run when somebody shows it: once, and whatever becomes of `args`. */
  args?: MaybeGetter<TArgs | undefined>
}

/** What can be done about the run that is shown. */
export interface RunActions<TArgs, THandle> {
  /** Starts a run and shows it. Call it from an event; calling it twice with equal arguments, as a double click does, starts one. */
  start(args: TArgs): THandle
  /** Asks the server to cancel the run that is shown. */
  cancel(reason?: string): Promise<void>
  /** Asks the server to run again what failed or was cancelled. */
  retry(): Promise<void>
  /** Starts again what could not be started, as the same intent. */
  retryStart(): Promise<void>
  /** Resolves once the server has said something of it: `{#await job.ready()}`. */
  ready(): Promise<void>
}

/** The options of either kind, whatever its run takes and gives. */
export type AnyRunOptions = UseRunOptions<unknown, AnyRunView, unknown> & {
  select?: ((view: AnyRunView) => unknown) | undefined
}

/** A run: the one that was started here last, until another `id` is asked for. */
export function useRun(
  kind: 'job' | 'workflow',
  what: string | { name: string },
  id: MaybeGetter<string | undefined>,
  { args, select, ...callbacks }: AnyRunOptions,
): Readable<unknown> & RunActions<unknown, AnyRunHandle> {
  const name = typeof what === 'string' ? what : what.name
  const runs = createRuns(useClient(), kind, name, () => callbacks)
  let askedId = toValue(id)
  let attached = runs.attach(askedId)
  const firstArgs = askedId === undefined ? toValue(args) : undefined
  let started = firstArgs === undefined ? null : runs.prepare(firstArgs)
  const starts = createStore({})
  const followStarts = createSubscriber((update) => starts.subscribe(update))

  const shown = (): AnyRunHandle => {
    followStarts()
    const nextId = toValue(id)
    if (nextId !== askedId) {
      askedId = nextId
      attached = runs.attach(nextId)
      // Another run is asked for: what was started before is shown no longer.
      if (started && idOf(started.getSnapshot()) !== nextId) started = null
    }
    return started ?? attached
  }
  const actions: RunActions<unknown, AnyRunHandle> = {
    start(args) {
      const handle = runs.start(args, shown())
      started = handle
      starts.set({})
      return handle
    },
    cancel: (reason) => shown().cancel(reason),
    retry: () => shown().retry(),
    retryStart: () => shown().retryStart(),
    ready: () => whenReady(shown()),
  }
  return Object.assign(toReadable<AnyRunView, unknown>(shown, select), actions)
}
