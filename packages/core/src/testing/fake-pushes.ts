import { encodeEvent } from '../protocol/encode.ts'
import type { StaleEvent } from '../protocol/server-event.ts'
import type { FakeGatewayOptions, FakeRun } from './fake-gateway-api.ts'
import { type createFakeRuns, hasEnded, inWordsOf } from './fake-runs.ts'
import type { createFakeStreams } from './fake-streams.ts'

/** The parts of a fake gateway that its pushes use. */
interface Pushing {
  queries: NonNullable<FakeGatewayOptions['queries']>
  runs: ReturnType<typeof createFakeRuns>
  streams: ReturnType<typeof createFakeStreams>
  /** True if it offers revisions. */
  hasRevisions: boolean
  /** True if it offers `freshness`. */
  hasFreshness: boolean
}

/** The updates of a fake gateway to its streams. While it is stale, they wait. */
export function createFakePushes({ queries, runs, streams, hasRevisions, hasFreshness }: Pushing) {
  let doubt: StaleEvent | null = null
  /** The newest update of each target since it went stale. */
  const waiting = new Map<string, () => void>()
  let revision = 0

  const pushOrWait = (target: string, push: () => void): void => {
    if (doubt) waiting.set(target, push)
    else push()
  }
  const pushRun = (id: string, payload = runs.get(id)): void => {
    const member = 'job_id' in payload ? 'job_id' : 'workflow_id'
    streams.push(
      (item) => item[member] === id,
      (target, _, isOurs) => {
        return encodeEvent({ type: 'update', target, payload: inWordsOf(isOurs, payload) })
      },
      (isOurs) => payload.status === 'not_found' || (isOurs && hasEnded(payload)),
    )
  }
  return {
    /** The event for a new stream while it is stale. */
    doubt: (): StaleEvent | null => (hasFreshness ? doubt : null),
    /** The revision of query results; `undefined` without revisions. */
    queryRevision: (): number | undefined => (hasRevisions ? revision : undefined),
    run: (id: string): void => pushOrWait(id, () => pushRun(id)),
    /** Tells that an ended run is removed. */
    removed(id: string): void {
      const run = runs.get(id)
      waiting.delete(id)
      if (!hasEnded(run)) return
      const error = 'The run was removed'
      const revision = run.revision === undefined ? {} : { revision: run.revision + 1 }
      const removed = { ...run, ...revision, status: 'not_found', error } as FakeRun
      pushOrWait(id, () => pushRun(id, removed))
    },
    query(name: string): void {
      revision += 1
      const extra = hasRevisions ? { revision } : {}
      pushOrWait(name, () =>
        streams.push(
          (item) => item.function === name,
          (target, item) => {
            const payload = queries[name]?.(item.args)
            return encodeEvent({ type: 'update', target, payload, ...extra })
          },
        ),
      )
    },
    goStale(reason: string): void {
      doubt = { type: 'stale', reason }
      if (hasFreshness) streams.sendOurs(encodeEvent(doubt))
    },
    goFresh(): void {
      doubt = null
      for (const push of waiting.values()) push()
      waiting.clear()
      if (hasFreshness) streams.sendOurs(encodeEvent({ type: 'fresh' }))
    },
  }
}
