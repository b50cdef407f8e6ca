import { type Client, idleRuns, type RunRow, type RunsFilter, watchRuns } from '@headway/core'
import { mergeRows } from './tray-rows.ts'

/** The runs that a tray shows, without those members of a filter that it sets itself. */
export type TrayFilter = Omit<RunsFilter, 'status' | 'limit'>

/** The most runs under way of one tray. */
const mostActive = 100

/** The runs of a tray: a live list of those under way, and one of those that have ended. */
export interface TrayLists {
  rows(): RunRow[]
  /** Says if a list may be out of date, cannot be read, or is on its way. */
  status(): 'live' | 'loading' | 'stale' | 'failed'
  hasMore(): boolean
  loadMore(): void
  stop(): void
}

/** Watches the runs of a tray until `stop()`. Calls `onChange` after each change. */
export function watchTray(
  client: Client,
  filter: TrayFilter,
  recent: number,
  onChange: () => void,
): TrayLists {
  const lists = [
    watchRuns(client, { ...filter, status: 'active', limit: mostActive }),
    watchRuns(client, { ...filter, status: 'ended', limit: recent }),
  ]
  const stops = lists.map((list) => list.subscribe(onChange))
  const views = () => lists.map((list) => list.getSnapshot())
  return {
    rows() {
      const [active = idleRuns, ended = idleRuns] = views()
      return mergeRows(active, ended)
    },
    status() {
      if (views().some(({ error, sync }) => error || sync.status === 'refused')) return 'failed'
      if (views().some(({ sync }) => sync.status === 'stale')) return 'stale'
      return views().some(({ loading }) => loading) ? 'loading' : 'live'
    },
    hasMore: () => views().some(({ hasMore }) => hasMore),
    loadMore() {
      for (const list of lists) list.loadMore()
    },
    stop() {
      for (const stop of stops) stop()
    },
  }
}
