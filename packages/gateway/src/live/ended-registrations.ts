import { toTarget } from '@headway/core/protocol'
import type { FrameStream } from './frame-stream.ts'
import type { RunRegistration } from './registration.ts'

/** A registration that ended with its run: its page may still show the run. */
export interface EndedRegistration
  extends Pick<RunRegistration, 'kind' | 'runId' | 'target' | 'dialect'> {
  /** The revision of the end. */
  revision: number
  /** `undefined`: its stream is gone. */
  outbox: FrameStream | undefined
}

/** The newest registrations that ended with their runs. */
export interface EndedRegistrations {
  add(registration: RunRegistration, revision: number): void
  has(runId: string): boolean
  /** Those of a run; they are then forgotten. */
  take(runId: string): EndedRegistration[]
}

/** What is kept of one: no stream is kept from being collected. */
interface Kept extends Omit<EndedRegistration, 'outbox'> {
  stream: WeakRef<FrameStream>
}

/** @param most the number of runs that are kept: the oldest are forgotten */
export function createEndedRegistrations(most = 10_000): EndedRegistrations {
  const byRun = new Map<string, Kept[]>()
  return {
    add({ kind, runId, target, dialect, outbox }, revision) {
      // Under a name of its own, a page may follow another run by now.
      if (target !== toTarget(kind, runId)) return
      const kept = { kind, runId, target, dialect, revision, stream: new WeakRef(outbox) }
      const others = byRun.get(runId)?.filter(({ stream }) => stream.deref() !== outbox) ?? []
      byRun.set(runId, [...others, kept])
      const [oldest] = byRun.size > most ? byRun.keys() : []
      if (oldest !== undefined) byRun.delete(oldest)
    },
    has: (runId) => byRun.has(runId),
    take(runId) {
      const kept = byRun.get(runId) ?? []
      byRun.delete(runId)
      return kept.map(({ stream, ...one }) => ({ ...one, outbox: stream.deref() }))
    },
  }
}
