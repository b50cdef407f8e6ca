import type { RowOf, RunsFilter, RunsName, RunsView } from '@headway/core'
import { runsKey, type ShownRuns, showRuns, whenReady } from '@headway/core/adapter'
import { useClient } from './client-context.ts'
import { type MaybeGetter, toValue } from './getter.ts'
import { type Readable, toReadable } from './to-readable.ts'

/** Options of {@link useRuns}. */
export interface UseRunsOptions {
  /** `false` sends nothing, and the view stays loading. A value or a function. Default: `true`. */
  enabled?: MaybeGetter<boolean | undefined>
}

/** The view of a live list of runs, as `$runs` or `runs.current`. */
export interface UsedRuns<TRow> extends Readable<RunsView<TRow>> {
  /** Shows one more page of older runs, up to 200 runs in all. */
  loadMore(): void
  /**
   * Resolves when the list and the states of its runs are there, or an error:
   * `{#await list.ready()}`.
   */
  ready(): Promise<void>
}

/** The options to show the part of a list that `select` returns. */
export interface SelectRunsOptions<TName, S> extends UseRunsOptions {
  select: (runs: RunsView<RowOf<TName>>) => S
}

/** The part of a list that `select` returns. Notifies when that part changes. */
export function useRuns<S, TName extends RunsName = RunsName>(
  filter: () => RunsFilter<TName>,
  options: SelectRunsOptions<TName, S>,
): Readable<S>
export function useRuns<S, TName extends RunsName = RunsName>(
  filter: RunsFilter<TName>,
  options: SelectRunsOptions<TName, S>,
): Readable<S>
// A function has a `name` too, which would count as that of a filter: functions come first.
export function useRuns<TName extends RunsName = RunsName>(
  filter: () => RunsFilter<TName>,
  options?: UseRunsOptions,
): UsedRuns<RowOf<TName>>
/**
 * Shows a list of runs, live while it is shown, the newest first. Another filter is another list.
 *
 * @example
 * ```svelte
 * const exports = useRuns(() => ({ name: exportUsers, tag: page.params.team }))
 * {#each exports.current.runs as { id, title, view } (id)}<p>{title} {view.progress}</p>{/each}
 * ```
 */
export function useRuns<TName extends RunsName = RunsName>(
  filter?: RunsFilter<TName>,
  options?: UseRunsOptions,
): UsedRuns<RowOf<TName>>
export function useRuns(
  filter: MaybeGetter<RunsFilter> = {},
  options: UseRunsOptions & { select?: (runs: RunsView) => unknown } = {},
): unknown {
  const client = useClient()
  let last: { key: string; handle: ShownRuns } | undefined
  const shown = (): ShownRuns => {
    const wanted = toValue(filter)
    const enabled = toValue(options.enabled)
    // By text, because equal filters mean the same list, even as new objects.
    const key = `${enabled} ${runsKey(wanted)}`
    if (last?.key !== key) last = { key, handle: showRuns(client, wanted, enabled) }
    return last.handle
  }
  return Object.assign(toReadable<RunsView, unknown>(shown, options.select), {
    loadMore: () => shown().loadMore(),
    ready: () => whenReady(shown()),
  })
}
