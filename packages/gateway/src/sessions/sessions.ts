import { randomUUID, timingSafeEqual } from 'node:crypto'
import type { Watcher } from '../hub/hub.ts'
import type { Outbox } from './outbox.ts'

/** One open stream. */
export interface Session {
  readonly id: string
  readonly secret: string
  readonly outbox: Outbox
  /** By target: the kind, and the id that the client chose. */
  readonly registrations: Map<string, Watcher>
  /** Ends the stream. */
  readonly end: () => void
}

/** Who is connected. */
export interface Sessions {
  /** `null`: there are as many as there may be. */
  open(outbox: Outbox, end: () => void): Session | null
  get(id: string): Session | undefined
  close(session: Session): void
  all(): Iterable<Session>
}

/** The sessions of one gateway, at most `maxSessions`. */
export function createSessions(maxSessions: number): Sessions {
  const byId = new Map<string, Session>()
  return {
    open(outbox, end) {
      if (byId.size >= maxSessions) return null
      const [id, secret] = [randomUUID(), randomUUID()]
      const session: Session = { id, secret, outbox, registrations: new Map(), end }
      byId.set(id, session)
      return session
    },
    get: (id) => byId.get(id),
    close: (session) => byId.delete(session.id),
    all: () => byId.values(),
  }
}

/** Whether `secret` is the session's. Takes as long for a near miss as for a far one. */
export function isSecretOf(session: Session, secret: string): boolean {
  const [given, own] = [Buffer.from(secret), Buffer.from(session.secret)]
  return given.length === own.length && timingSafeEqual(given, own)
}
