import { toTarget } from '@headway/core/protocol'
import type { FrameStream } from './frame-stream.ts'
import type { RunRegistration } from './registration.ts'

/** A registration that ended with its run: its page may still show the run. */
export interface EndedRegistration
  extends Pick<RunRegistration, 'kind' | 'runId' | 'target' | 'dialect' | 'outbox'> {
  /** The revision of the end. */
  revision: number
}

/** The newest registrations that ended with their runs. */
export interface EndedRegistrations {
  add(registration: RunRegistration, revision: number): void
  has(runId: string): boolean
  /** Those of a run whose stream is still there; they are then forgotten. */
  take(runId: string): EndedRegistration[]
}

/** A stream that is not kept from being collected. */
type Stream = WeakRef<FrameStream>

/**
 * The part of the registrations that stays when there are too many, so that few ends look at all.
 */
const leftPart = 0.9

/** @param most the number of registrations that are kept: those whose run ended first go first */
export function createEndedRegistrations(most = 10_000): EndedRegistrations {
  /** The run that ended last comes last, and in it the registration that was told last. */
  const byRun = new Map<string, Map<Stream, Omit<EndedRegistration, 'outbox'>>>()
  const streams = new WeakMap<FrameStream, Stream>()
  let count = 0
  const drop = (runId: string, stream: Stream): void => {
    const ofRun = byRun.get(runId)
    if (!ofRun?.delete(stream)) return
    count -= 1
    if (ofRun.size === 0) byRun.delete(runId)
  }
  const dropWhere = (isUnwanted: (stream: Stream) => boolean): void => {
    for (const [runId, ofRun] of byRun)
      for (const stream of ofRun.keys()) if (isUnwanted(stream)) drop(runId, stream)
  }
  return {
    add({ kind, runId, target, dialect, outbox }, revision) {
      // Under a name of its own, a page may follow another run by now.
      if (target !== toTarget(kind, runId)) return
      const stream = streams.get(outbox) ?? new WeakRef(outbox)
      streams.set(outbox, stream)
      drop(runId, stream)
      const ofRun = byRun.get(runId) ?? new Map()
      byRun.delete(runId)
      byRun.set(runId, ofRun.set(stream, { kind, runId, target, dialect, revision }))
      count += 1
      if (count <= most) return
      dropWhere((one) => one.deref() === undefined)
      dropWhere(() => count > most * leftPart)
    },
    has: (runId) => byRun.has(runId),
    take(runId) {
      const ofRun = byRun.get(runId) ?? new Map<Stream, never>()
      byRun.delete(runId)
      count -= ofRun.size
      return [...ofRun].flatMap(([stream, one]) => {
        const outbox = stream.deref()
        return outbox ? [{ ...one, outbox }] : []
      })
    },
  }
}
