import {
  type AnyRunDefinition,
  type AnyRunHandle,
  type AnyRunView,
  type Begin,
  createRuns,
  createSlot,
  type RunActions,
  type RunCallbacks,
} from '@headway/core/adapter'
import { createSubscriber } from 'svelte/reactivity'
import { useClient } from './client-context.ts'
import { type MaybeGetter, toValue } from './getter.ts'
import { type Readable, toReadable } from './to-readable.ts'

/** Options of `useJob` and `useWorkflow`. */
export interface UseRunOptions<TArgs, TView, TOutput>
  extends Omit<RunCallbacks<TView, TOutput>, 'title' | 'tags'> {
  /** The title of runs that start here, for lists: a value or a function. */
  title?: MaybeGetter<string | undefined>
  /** The tags of runs that start here, for lists. */
  tags?: MaybeGetter<readonly string[] | undefined>
  /** Starts a run when it is first shown. Once: later changes of `args` start nothing. */
  args?: MaybeGetter<TArgs | undefined>
}

/** The options of both kinds, with erased types. */
export type AnyRunOptions = UseRunOptions<unknown, AnyRunView, unknown> & {
  select?: ((view: AnyRunView) => unknown) | undefined
}

/**
 * Shows a run: the last one that was started here, until `id` changes.
 *
 * @param begin prepares a start. Default: `client.start()`
 */
export function useRun(
  definition: AnyRunDefinition,
  id: MaybeGetter<string | undefined>,
  { args, select, title, tags, ...callbacks }: AnyRunOptions,
  begin?: Begin,
): Readable<unknown> & RunActions<unknown, AnyRunHandle> {
  const runs = createRuns(
    useClient(),
    definition,
    {
      ...callbacks,
      get title() {
        return toValue(title)
      },
      get tags() {
        return toValue(tags)
      },
    },
    begin,
  )
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
