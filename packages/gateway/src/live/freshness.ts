import { encodeEvent } from '@headway/core/protocol'
import type { RunStore } from '../runs/run-store.ts'
import type { Dialect } from '../runs/snapshot.ts'
import type { FrameStream } from './frame-stream.ts'

/** The part of a session that is sent `stale` and `fresh`. */
export interface FreshnessStream {
  readonly dialect: Dialect
  readonly outbox: FrameStream
}

/** The two connections to changes: notifications, and reads of the rows. */
export type Source = 'listener' | 'reads'

/**
 * The state of the gateway's view of the database: it is stale while notifications or reads fail,
 * and sessions are informed.
 *
 * @see PROTOCOL.md, "Freshness"
 */
export interface Freshness {
  /** Sessions have been sent `stale`. */
  isStale(): boolean
  /** A source has failed. Unless it returns within `graceMs`, sessions are sent `stale`. */
  lost(source: Source, graceMs: number): void
  /** A source has returned: sessions are sent `fresh` once everything has been read again. */
  back(source: Source): void
  /** Sends `stale` to a session that has just opened, if the gateway is stale. */
  greet(stream: FreshnessStream): void
  close(): void
}

const stale = encodeEvent({ type: 'stale', reason: 'database' })
const fresh = encodeEvent({ type: 'fresh' })

/**
 * A gateway that is fresh.
 *
 * @param readAll reads everything that is watched and sends the changes; resolves when that is done
 */
export function createFreshness(
  sessions: { all(): Iterable<FreshnessStream> },
  readAll: () => Promise<unknown>,
): Freshness {
  /** Lost, within their grace period. */
  const waiting = new Map<Source, NodeJS.Timeout>()
  const lost = new Set<Source>()
  let isStale = false
  let round = 0

  const send = (frame: string, { dialect, outbox }: FreshnessStream): void => {
    if (dialect !== 'headway') return
    // Under one target, so that a slow reader gets only the last of them, after the updates that
    // wait for it.
    outbox.forget('freshness')
    outbox.send('freshness', frame)
  }
  const sendAll = (frame: string): void => {
    for (const session of sessions.all()) send(frame, session)
  }
  const doubt = (source: Source): void => {
    waiting.delete(source)
    lost.add(source)
    round += 1
    if (isStale) return
    isStale = true
    sendAll(stale)
  }
  const catchUp = async (): Promise<void> => {
    round += 1
    const own = round
    await readAll()
    if (own !== round) return
    isStale = false
    sendAll(fresh)
  }
  const forget = (source: Source): void => {
    clearTimeout(waiting.get(source))
    waiting.delete(source)
  }
  return {
    isStale: () => isStale,
    lost(source, graceMs) {
      if (lost.has(source) || waiting.has(source)) return
      waiting.set(source, setTimeout(doubt, graceMs, source).unref())
    },
    back(source) {
      forget(source)
      if (!lost.delete(source) || lost.size > 0) return
      // It stays stale; the next return tries again.
      catchUp().catch(() => undefined)
    },
    greet(session) {
      if (isStale) send(stale, session)
    },
    close() {
      round += 1
      for (const source of [...waiting.keys()]) forget(source)
    },
  }
}

/** The same store: while a read is not answered, or was refused, the gateway counts as stale. */
export function watchReads(
  store: RunStore,
  { lost, back }: Pick<Freshness, 'lost' | 'back'>,
  graceMs: number,
): RunStore {
  const watch = async <T>(read: () => Promise<T>): Promise<T> => {
    lost('reads', graceMs)
    const found = await read()
    back('reads')
    return found
  }
  return {
    read: (ids) => watch(() => store.read(ids)),
    complete: (id) => watch(() => store.complete(id)),
  }
}
