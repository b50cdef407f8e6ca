import type { Logger } from 'pino'
import { inBackground } from '../handled.ts'
import type { WatchedTables } from '../queries/watched-tables.ts'
import type { LiveQueries } from './live-queries.ts'

/** The interval of the check, in milliseconds; it grows when the check is slow. */
const everyMs = 500
const mostOfTime = 0.02

/**
 * Looks, while anything is watched, whether names still stand for the same tables: no trigger fires
 * when a table is swapped, a view is made anew, or a partition is added.
 *
 * @returns ends it
 */
export function checkMovedTables(
  watched: WatchedTables,
  liveQueries: LiveQueries,
  logger: Logger,
): () => void {
  let isClosed = false
  let timer: NodeJS.Timeout
  const look = async (): Promise<void> => {
    const startedAt = performance.now()
    try {
      if (liveQueries.isWatching() && (await watched.checkMoved())) liveQueries.tablesMoved()
    } catch (error) {
      if (!isClosed) logger.warn({ err: error }, 'the tables of live queries could not be checked')
    }
    const tookMs = performance.now() - startedAt
    if (!isClosed) again(Math.max(everyMs, tookMs / mostOfTime))
  }
  const again = (ms: number): void => {
    const next = (): void =>
      inBackground(look(), logger, 'the check of the tables of live queries has stopped')
    timer = setTimeout(next, ms).unref()
  }
  again(everyMs)
  return () => {
    isClosed = true
    clearTimeout(timer)
  }
}
