import type { RowOf, RunsFilter, RunsName, RunsView } from '@headway/core'
import { runsKey, type ShownRuns, showRuns, whenReady } from '@headway/core/adapter'
import { type ComputedRef, computed, type MaybeRef, type MaybeRefOrGetter, toValue } from 'vue'
import { useClient } from './client-plugin.ts'
import { type Refs, toFieldRefs } from './to-refs.ts'
import { useSelected } from './use-selected.ts'
import { useStore } from './use-store.ts'

/** Options of {@link useRuns}. */
export interface UseRunsOptions {
  /**
   * `false` sends nothing, and the view stays loading. A ref, a getter or a value. Default: `true`.
   */
  enabled?: MaybeRefOrGetter<boolean | undefined>
}

/** The view of a live list of runs, with one ref per field. */
export type UsedRuns<TRow> = Refs<RunsView<TRow>> & {
  /** Shows one more page of older runs, up to 200 runs in all. */
  loadMore(): void
  /**
   * Resolves when the list and the states of its runs are there, or an error: `await ready()` in a
   * `setup` below `<Suspense>`.
   */
  ready(): Promise<void>
}

/** The options to show the part of a list that `select` returns. */
export interface SelectRunsOptions<TName, S> extends UseRunsOptions {
  select: (runs: RunsView<RowOf<TName>>) => S
}

/** A ref of the part of a list that `select` returns. */
export function useRuns<S, TName extends RunsName = RunsName>(
  filter: () => RunsFilter<TName>,
  options: SelectRunsOptions<TName, S>,
): ComputedRef<S>
export function useRuns<S, TName extends RunsName = RunsName>(
  filter: MaybeRef<RunsFilter<TName>>,
  options: SelectRunsOptions<TName, S>,
): ComputedRef<S>
// A function has a `name` too, which would count as that of a filter: getters come first.
export function useRuns<TName extends RunsName = RunsName>(
  filter: () => RunsFilter<TName>,
  options?: UseRunsOptions,
): UsedRuns<RowOf<TName>>
/**
 * Shows a list of runs, live while the component is mounted, the newest first. Another filter is
 * another list.
 *
 * @example
 * ```ts
 * const { runs, loading } = useRuns(() => ({ name: exportUsers, tag: props.team }))
 * ```
 */
export function useRuns<TName extends RunsName = RunsName>(
  filter?: MaybeRef<RunsFilter<TName>>,
  options?: UseRunsOptions,
): UsedRuns<RowOf<TName>>
export function useRuns(
  filter: MaybeRefOrGetter<RunsFilter> = {},
  options: UseRunsOptions & { select?: (runs: RunsView) => unknown } = {},
): unknown {
  const client = useClient()
  let last: { key: string; handle: ShownRuns } | undefined
  const handle = computed(() => {
    const wanted = toValue(filter)
    const enabled = toValue(options.enabled)
    const key = `${enabled} ${runsKey(wanted)}`
    if (last?.key !== key) last = { key, handle: showRuns(client, wanted, enabled) }
    return last.handle
  })
  const view = useStore(handle)
  if (options.select) return useSelected(view, options.select)
  return {
    ...toFieldRefs(view),
    loadMore: () => handle.value.loadMore(),
    ready: () => whenReady(handle.value),
  }
}
