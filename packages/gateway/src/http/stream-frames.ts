import { capabilities, encodeEvent } from '@headway/core/protocol'
import type { Dialect } from '../runs/snapshot.ts'
import type { Session } from '../streams/sessions.ts'

/** The frame for skipped states of a target. Forge's clients do not know `gap`. */
export const skippedIn: Record<Dialect, (target: string) => string> = {
  headway: (target) => encodeEvent({ type: 'gap', target }),
  forge: (target) =>
    encodeEvent({
      type: 'error',
      target,
      code: 'SERVICE_UNAVAILABLE',
      message: 'States were skipped: register again',
    }),
}

/**
 * The first event, made when it is sent: kept as long as the stream, it would be a third of its
 * memory.
 */
export function greet({ id, secret }: Session, pingSecs: number, now: number): string {
  return encodeEvent({
    type: 'connected',
    session_id: id,
    session_secret: secret,
    capabilities: [...capabilities],
    ping_secs: pingSecs,
    now,
  })
}

/** The last event of a session whose token has expired. */
export const expired: string = encodeEvent({
  type: 'error',
  target: 'session',
  code: 'SESSION_EXPIRED',
  message: 'The token has expired: open a new stream with another one',
})

/** The last event of a session whose gateway was forgotten by the others. */
export const forgotten: string = encodeEvent({
  type: 'error',
  target: 'session',
  code: 'SESSION_NOT_FOUND',
  message: 'The other servers do not know this one any more: open a new stream',
})
