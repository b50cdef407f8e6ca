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

/** Watches a list of runs. With `enabled: false` it sends nothing and stays loading. */
export function showRuns(
  client: Client,
  filter: RunsFilter,
  enabled: boolean | undefined,
): ShownRuns {
  return enabled === false ? disabled : watchRuns(client, filter)
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
