import type { HeadwayError } from '../errors.ts'
import { isSameSync, type Sync, unasked } from '../state/sync.ts'
import type { RunRow } from './run-row.ts'

/** The state of a list of runs for a screen. Immutable: each change makes a new object. */
export interface RunsView<TRow = RunRow> {
  /**
   * The newest run first; with a `parent`, in the order of its children. A row is the same object
   * until its run or its labels change.
   */
  runs: readonly TRow[]
  /** True if `loadMore()` has more runs to show. */
  hasMore: boolean
  /** True until the first answer is there, with the state of each of its runs. */
  loading: boolean
  /** True from `loadMore()` until the older runs are there. */
  loadingMore: boolean
  /** The reason why there is no newer list. An error removes no runs. */
  error: HeadwayError | null
  /** Tells if the list has the right runs. The view of each run tells if its state is right. */
  sync: Sync
}

/** The view before the first request. */
export const idleRuns: RunsView<never> = {
  runs: [],
  hasMore: false,
  loading: true,
  loadingMore: false,
  error: null,
  sync: unasked,
}

/** The next view. The very same one, or its list and sync, where nothing changed. */
export function toNextView<TRow>(view: RunsView<TRow>, next: RunsView<TRow>): RunsView<TRow> {
  const isSameList =
    view.runs.length === next.runs.length && view.runs.every((row, at) => row === next.runs[at])
  const runs = isSameList ? view.runs : next.runs
  const sync = isSameSync(view.sync, next.sync) ? view.sync : next.sync
  const isSame =
    runs === view.runs &&
    sync === view.sync &&
    view.error === next.error &&
    view.hasMore === next.hasMore &&
    view.loading === next.loading &&
    view.loadingMore === next.loadingMore
  return isSame ? view : { ...next, runs, sync }
}
