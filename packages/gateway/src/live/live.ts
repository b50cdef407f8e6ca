import type { LiveQueries } from './live-queries.ts'
import type { LiveRuns } from './live-runs.ts'
import type { Registration } from './registration.ts'

/** Everything that sessions watch. */
export interface Live {
  readonly runs: LiveRuns
  readonly queries: LiveQueries
  /** Removes a registration, whatever its kind: it gets no more frames. */
  unwatch(registration: Registration): void
  /** Reads all runs and queries again, after changes may have been missed. */
  allChanged(): Promise<void>
}

/** The runs and the queries of one gateway. */
export function createLive(runs: LiveRuns, queries: LiveQueries): Live {
  return {
    runs,
    queries,
    unwatch(registration) {
      if (registration.kind === 'query') queries.unwatch(registration)
      else runs.unwatch(registration)
    },
    async allChanged() {
      await Promise.all([runs.allChanged(), queries.allChanged()])
    },
  }
}
