import { type Client, type RunRow, type RunsFilter, watchRuns } from '@headway/core'
import { createKeptRuns } from './kept-runs.ts'
import { leftBehind, remember, type TrayMemory } from './tray-memory.ts'
import { sortRows } from './tray-rows.ts'

/** The runs that a tray shows, without those members of a filter that it sets itself. */
export type TrayFilter = Omit<RunsFilter, 'status' | 'limit'>

/** The most runs under way of one tray. */
const mostActive = 100

/** The runs of a tray: a live list of those under way, and one of those that have ended. */
export interface TrayLists {
  /** The rows to show, and those that have ended since the last look. */
  look(): { rows: RunRow[]; ended: RunRow[] }
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
  const kept = createKeptRuns(client, onChange)
  const views = () => lists.map((list) => list.getSnapshot())
  let memory: TrayMemory = new Map()
  return {
    look() {
      const listed = views().flatMap(({ runs }) => runs)
      const rows = sortRows([...listed, ...kept.keep(leftBehind(memory, listed))])
      const next = remember(memory, rows)
      memory = next.memory
      return { rows, ended: next.ended }
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
      kept.stop()
    },
  }
}
