import type { Client } from '../client.ts'
import { type RunsFilter, toRunsRequest } from '../lists/runs-filter.ts'
import { idleRuns } from '../lists/runs-view.ts'
import { watchRuns } from '../lists/watch-runs.ts'
import type { RunsHandle } from '../lists/watched-runs.ts'

/** The part of a list's handle that components use. */
export type ShownRuns = Pick<
  RunsHandle,
  'getSnapshot' | 'getServerSnapshot' | 'subscribe' | 'loadMore' | 'ready'
>

/** False if a list sends nothing: it is not enabled, or the run in `parent` is not created yet. */
export function isListed({ parent }: RunsFilter, enabled: boolean | undefined): boolean {
  return enabled !== false && parent !== ''
}

/** Watches a list of runs. One that sends nothing stays loading. */
export function showRuns(
  client: Client,
  filter: RunsFilter,
  enabled: boolean | undefined,
): ShownRuns {
  return isListed(filter, enabled) ? watchRuns(client, filter) : disabled
}

/** The filter as text. Equal filters give equal text, so they mean the same list. */
export function runsKey(filter: RunsFilter): string {
  return JSON.stringify(toRunsRequest(filter))
}

const disabled: ShownRuns = {
  getSnapshot: () => idleRuns,
  subscribe: () => () => undefined,
  loadMore: () => undefined,
  ready: () => Promise.resolve(),
}
