import {
  type AnyRunDefinition,
  type AnyRunView,
  createRuns,
  createSlot,
  type RunCallbacks,
} from '@headway/core/adapter'
import { computed, type MaybeRefOrGetter, shallowRef, toValue } from 'vue'
import { useClient } from './client-plugin.ts'
import { toFieldRefs } from './to-refs.ts'
import { useSelected } from './use-selected.ts'
import { useStore } from './use-store.ts'

/** What a composable for a run may be asked, beyond which run it shows. */
export interface UseRunOptions<TArgs, TView, TOutput> extends RunCallbacks<TView, TOutput> {
  /** Starts a run when the component is mounted: once, and whatever becomes of `args`. */
  args?: MaybeRefOrGetter<TArgs | undefined>
}

/** The options of either composable, whatever its run takes and gives. */
export type AnyRunOptions = UseRunOptions<unknown, AnyRunView, unknown> & {
  select?: ((view: AnyRunView) => unknown) | undefined
}

/** A run: the one that was started here last, until another `id` is asked for. */
export function useRun(
  definition: AnyRunDefinition,
  id: MaybeRefOrGetter<string | undefined>,
  { args, select, ...callbacks }: AnyRunOptions,
): unknown {
  const runs = createRuns(useClient(), definition, callbacks)
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
