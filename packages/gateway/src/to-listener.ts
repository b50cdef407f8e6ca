import type { Logger } from 'pino'
import type { LeftRequests } from './cluster/left-requests.ts'
import type { Families } from './groups/families.ts'
import { inBackground } from './handled.ts'
import { childrenOf } from './lists/runs-query.ts'
import type { Freshness } from './live/freshness.ts'
import type { ChangeListener } from './live/listen-for-changes.ts'
import type { Live } from './live/live.ts'
import type { LiveQueries } from './live/live-queries.ts'
import type { LiveRuns } from './live/live-runs.ts'
import type { Notified } from './runs/notified.ts'

/** The parts of a gateway that hear of changes. */
export interface Listening {
  liveRuns: LiveRuns
  liveQueries: LiveQueries
  live: Live
  notes: Notified
  families: Families
  leftRequests: LeftRequests
  freshness: Freshness
  /** A step of the watchdog of the connection, in milliseconds. */
  stepMs: number
  logger: Logger
}

/** Passes the changes in the database on to the parts that hear of them. */
export function toListener({
  liveRuns,
  liveQueries,
  live,
  notes,
  families,
  leftRequests,
  freshness,
  stepMs,
  logger,
}: Listening): ChangeListener {
  return {
    runChanged(id) {
      liveRuns.changed([id])
      notes.runChanged(id)
    },
    tableChanged: liveQueries.changed,
    familyChanged(id) {
      families.changed(id)
      liveQueries.changed(childrenOf(id))
    },
    notified: notes.notified,
    marked: notes.marked,
    left: leftRequests.take,
    listening() {
      leftRequests.take()
      inBackground(live.allChanged(), logger, 'missed changes could not be read')
      families.allChanged()
      freshness.back('listener')
    },
    lost() {
      notes.lost()
      freshness.lost('listener', Math.min(1_000, stepMs))
    },
  }
}
