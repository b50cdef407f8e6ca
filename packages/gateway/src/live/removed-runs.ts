import { encodeRun } from '../runs/snapshot.ts'
import { createEndedRegistrations } from './ended-registrations.ts'
import type { RunRegistration } from './registration.ts'
import { toRemovedRun } from './removed-run.ts'

/** Tells pages that a run which they show was removed. */
export interface RemovedRuns {
  /** Ends a registration with the end of its run, which was sent: its page still shows the run. */
  endWith(registration: RunRegistration, end: { revision: number }): void
  /** A page that was sent the end would be told that the run was removed. */
  isAwaited(runId: string): boolean
  /** Some of these runs were asked for, and are not there any more. */
  sayMissing(runIds: readonly string[], found: readonly { id: string }[]): void
}

/**
 * @param of the registrations of a run
 * @param end ends a registration
 * @param retentionText how long ended runs are kept; `null`: for ever
 */
export function createRemovedRuns(
  of: (runId: string) => Iterable<RunRegistration>,
  end: (registration: RunRegistration) => void,
  retentionText: string | null,
): RemovedRuns {
  const ended = createEndedRegistrations()
  const say = (runId: string): void => {
    for (const registration of of(runId)) {
      const revision = registration.gate.surpass()
      // Its answer is still to come: the run is read again then.
      if (revision === null) continue
      const { target, dialect, outbox } = registration
      const run = toRemovedRun(registration, revision, retentionText)
      outbox.send(target, encodeRun(target, dialect, run), () => end(registration))
    }
    for (const { target, dialect, outbox, revision, ...one } of ended.take(runId)) {
      const run = toRemovedRun(one, revision + 1, retentionText)
      outbox.send(target, encodeRun(target, dialect, run))
    }
  }
  return {
    endWith(registration, { revision }) {
      end(registration)
      // Otherwise no run is ever removed.
      if (retentionText !== null) ended.add(registration, revision)
    },
    isAwaited: ended.has,
    sayMissing(runIds, found) {
      const there = new Set(found.map(({ id }) => id))
      for (const runId of runIds) if (!there.has(runId)) say(runId)
    },
  }
}
