import { networkOf } from '../access/address.ts'
import type { Asker, Principal } from '../access/principal.ts'
import type { SessionName } from '../cluster/session-names.ts'
import type { Registration } from '../live/registration.ts'
import type { Dialect } from '../runs/snapshot.ts'
import type { Outbox } from './outbox.ts'

/** The number of groups of streams: thousands of streams must not be pinged at the same moment. */
export const pingGroups = 16

/** One open stream. */
export interface Session extends Asker {
  /** The principal of the last token: the session has its rights. Only `prove` changes it. */
  principal: Principal | null
  readonly id: string
  readonly secret: string
  /** The group that the stream is pinged with. */
  readonly pingGroup: number
  readonly outbox: Outbox
  readonly dialect: Dialect
  /** By target: the kind, and the id that the client chose. */
  readonly registrations: Map<string, Registration>
  /** The highest number of the requests that have proved the principal. Only `prove` changes it. */
  provenSeq: number
  /** Ends the stream. */
  readonly end: () => void
  /** The session lasts as long as this principal, and no longer. */
  readonly renew: (principal: Principal) => void
}

/** The maximum numbers of sessions. */
export interface SessionLimits {
  maxSessions: number
  maxSessionsPerUser: number
  maxSessionsPerIp: number
}

/** The open sessions. */
export interface Sessions {
  isFull(): boolean
  /** This user, or this address, has as many as it may have. */
  isFullFor(owner: Asker): boolean
  /** `null`: this user, or this address, has as many as it may have. */
  open(owner: Asker, outbox: Outbox, stream: StreamEnd): Session | null
  get(id: string): Session | undefined
  close(session: Session): void
  all(): Iterable<Session>
}

/** The stream of a session, as its owner controls it. */
export interface StreamEnd {
  dialect: Dialect
  name: SessionName
  end: () => void
  renew: (principal: Principal) => void
}

/** The sessions of one gateway. */
export function createSessions(limits: SessionLimits): Sessions {
  const byId = new Map<string, Session>()
  const perUser = createCounts()
  const perIp = createCounts()
  let opened = 0
  const count = ({ principal, ip }: Session, change: 1 | -1): void => {
    if (principal) perUser.add(principal.id, change)
    else perIp.add(networkOf(ip), change)
  }
  const isFullFor = ({ principal, ip }: Asker): boolean =>
    // Only anonymous clients are counted by address: all users of an office, or of an untrusted
    // balancer, share one.
    principal
      ? perUser.of(principal.id) >= limits.maxSessionsPerUser
      : // A server that does not see addresses cannot count by them.
        ip !== '' && perIp.of(networkOf(ip)) >= limits.maxSessionsPerIp
  return {
    isFull: () => byId.size >= limits.maxSessions,
    isFullFor,
    open(owner, outbox, stream) {
      const { principal, ip } = owner
      if (isFullFor(owner)) return null
      const { dialect, name, end, renew } = stream
      const { id, secret } = name
      opened += 1
      // Member by member: copied objects would not share a layout, and each would keep its own.
      const session: Session = {
        principal,
        ip,
        id,
        secret,
        pingGroup: opened % pingGroups,
        outbox,
        dialect,
        registrations: new Map(),
        provenSeq: 0,
        end,
        renew,
      }
      byId.set(id, session)
      count(session, 1)
      return session
    },
    get: (id) => byId.get(id),
    close(session) {
      if (!byId.delete(session.id)) return
      count(session, -1)
    },
    all: () => byId.values(),
  }
}

/** A counter per key; a key with count 0 takes no memory. */
function createCounts() {
  const counts = new Map<string, number>()
  const of = (key: string): number => counts.get(key) ?? 0
  return {
    of,
    add(key: string, change: 1 | -1): void {
      const count = of(key) + change
      if (count > 0) counts.set(key, count)
      else counts.delete(key)
    },
  }
}
