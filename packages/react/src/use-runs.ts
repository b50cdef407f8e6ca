import type { RowOf, RunsFilter, RunsName, RunsView } from '@headway/core'
import { isListed, runsKey, showRuns } from '@headway/core/adapter'
import { useMemo } from 'react'
import { useClient } from './client-provider.tsx'
import { useReady } from './use-ready.ts'
import { useStore } from './use-store.ts'

/** Options of {@link useRuns}. */
export interface UseRunsOptions {
  /** `false` sends nothing, and the view stays loading. Default: `true`. */
  enabled?: boolean | undefined
  /** Suspends until the list and the states of its runs are there, or an error. */
  suspense?: boolean | undefined
}

/** The view of a live list of runs. */
export interface UsedRuns<TRow> extends RunsView<TRow> {
  /** Shows one more page of older runs, up to 200 runs in all. */
  loadMore(): void
}

/**
 * Shows a list of runs, live while the component is mounted, the newest first. Another filter is
 * another list.
 *
 * @example
 * ```tsx
 * const { runs, loading } = useRuns({ name: exportUsers, status: 'active' })
 * return runs.map(({ id, title, view }) => <p key={id}>{title} {view.progress}</p>)
 * ```
 */
export function useRuns<TName extends RunsName = RunsName>(
  filter?: RunsFilter<TName>,
  options?: UseRunsOptions,
): UsedRuns<RowOf<TName>>
/** Shows the part of a list that `select` returns. Renders again when that part changes. */
export function useRuns<S, TName extends RunsName = RunsName>(
  filter: RunsFilter<TName>,
  options: UseRunsOptions & { select: (runs: RunsView<RowOf<TName>>) => S },
): S
export function useRuns(
  filter: RunsFilter = {},
  { enabled, suspense, select }: UseRunsOptions & { select?: (runs: RunsView) => unknown } = {},
): unknown {
  const client = useClient()
  // Equal filters mean the same list, even as new objects.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the filter
  const handle = useMemo(
    () => showRuns(client, filter, enabled),
    [client, runsKey(filter), enabled],
  )
  useReady(handle, suspense && isListed(filter, enabled))
  const shown = useStore(handle, select)
  return select ? shown : { ...(shown as RunsView), loadMore: handle.loadMore }
}
