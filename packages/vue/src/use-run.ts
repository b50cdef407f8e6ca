import {
  type AnyRunDefinition,
  type AnyRunView,
  type Begin,
  createRuns,
  createSlot,
  type RunCallbacks,
} from '@headway/core/adapter'
import { computed, type MaybeRefOrGetter, shallowRef, toValue } from 'vue'
import { useClient } from './client-plugin.ts'
import { toFieldRefs } from './to-refs.ts'
import { useSelected } from './use-selected.ts'
import { useStore } from './use-store.ts'

/** Options of both composables for runs. */
export interface UseRunOptions<TArgs, TView, TOutput>
  extends Omit<RunCallbacks<TView, TOutput>, 'title' | 'tags'> {
  /** The title of runs that start here, for lists: a ref, a getter or a value. */
  title?: MaybeRefOrGetter<string | undefined>
  /** The tags of runs that start here, for lists. */
  tags?: MaybeRefOrGetter<readonly string[] | undefined>
  /** Starts a run when the component mounts. Once: later changes of `args` start nothing. */
  args?: MaybeRefOrGetter<TArgs | undefined>
}

/** The options of both composables, with erased types. */
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
  id: MaybeRefOrGetter<string | undefined>,
  { args, select, title, tags, ...callbacks }: AnyRunOptions,
  begin?: Begin,
): unknown {
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
  const starts = shallowRef(0)
  slot.subscribe(() => {
    starts.value += 1
  })
  const handle = computed(() => {
    void starts.value
    return slot.get(toValue(id))
  })
  const view = useStore(handle)
  if (select) return useSelected(view, select)
  return { ...toFieldRefs(view), ...runs.actions(() => handle.value, slot.set) }
}
