import {
  type AnyRunDefinition,
  type AnyRunHandle,
  type AnyRunView,
  createRuns,
  createSlot,
  type RunActions,
  type RunCallbacks,
} from '@headway/core/adapter'
import { createSubscriber } from 'svelte/reactivity'
import { useClient } from './client-context.ts'
import { type MaybeGetter, toValue } from './getter.ts'
import { type Readable, toReadable } from './to-readable.ts'

/** What may be asked of a run, beyond which run it is. */
export interface UseRunOptions<TArgs, TView, TOutput> extends RunCallbacks<TView, TOutput> {
  /** Starts a run when somebody shows it: once, and whatever becomes of `args`. */
  args?: MaybeGetter<TArgs | undefined>
}

/** The options of either kind, whatever its run takes and gives. */
export type AnyRunOptions = UseRunOptions<unknown, AnyRunView, unknown> & {
  select?: ((view: AnyRunView) => unknown) | undefined
}

/** A run: the one that was started here last, until another `id` is asked for. */
export function useRun(
  definition: AnyRunDefinition,
  id: MaybeGetter<string | undefined>,
  { args, select, ...callbacks }: AnyRunOptions,
): Readable<unknown> & RunActions<unknown, AnyRunHandle> {
  const runs = createRuns(useClient(), definition, callbacks)
  const slot = createSlot(runs, toValue(id), toValue(args))
  const followStarts = createSubscriber(slot.subscribe)
  const shown = (): AnyRunHandle => {
    followStarts()
    return slot.get(toValue(id))
  }
  return Object.assign(
    toReadable<AnyRunView, unknown>(shown, select),
    runs.actions(shown, slot.set),
  )
}
