import { randomUUID } from 'node:crypto'
import type { Principal } from './principal.ts'

/** The life of a ticket, in seconds. */
export const ticketSecs = 30

/** The maximum numbers of tickets. */
export interface TicketLimits {
  all: number
  /** Per user: one more makes the user's oldest ticket void. */
  perUser: number
  /** Per address. */
  perIp: number
}

const defaultLimits: TicketLimits = { all: 10_000, perUser: 20, perIp: 1_000 }

interface Ticket {
  principal: Principal
  ip: string
  expiresAt: number
}

/** One-time tickets, for streams that cannot carry a header: a native `EventSource`. */
export interface Tickets {
  /** `null`: there are as many as there may be. */
  mint(principal: Principal, ip: string, now: number): string | null
  /**
   * The owner of a ticket, which is then used up; `null` when it is unknown, used, expired, or was
   * given to another address.
   */
  redeem(ticket: string, ip: string, now: number): Principal | null
}

/** No tickets yet. They live in this process. */
export function createTickets(limits: TicketLimits = defaultLimits): Tickets {
  // In the order in which they expire: the oldest first. So are those of each user and address.
  const tickets = new Map<string, Ticket>()
  const perUser = createIndex()
  const perIp = createIndex()
  const remove = (id: string): Ticket | undefined => {
    const ticket = tickets.get(id)
    if (!ticket) return undefined
    tickets.delete(id)
    perUser.delete(ticket.principal.id, id)
    perIp.delete(ticket.ip, id)
    return ticket
  }
  const sweep = (now: number): void => {
    for (const [id, { expiresAt }] of tickets) {
      if (expiresAt > now) return
      remove(id)
    }
  }
  return {
    mint(principal, ip, now) {
      sweep(now)
      if (perUser.count(principal.id) >= limits.perUser) remove(perUser.first(principal.id))
      if (tickets.size >= limits.all || perIp.count(ip) >= limits.perIp) return null
      const id = randomUUID()
      tickets.set(id, { principal, ip, expiresAt: now + ticketSecs * 1_000 })
      perUser.add(principal.id, id)
      perIp.add(ip, id)
      return id
    },
    redeem(id, ip, now) {
      const ticket = remove(id)
      // [PROTOCOL.md, "Authentication"] A ticket is good for the address that asked for it. Without
      // an address it is refused.
      const isHere = ip !== '' && ticket?.ip === ip
      return ticket && isHere && ticket.expiresAt > now ? ticket.principal : null
    },
  }
}

/** The ids of each key, in their order; a key without ids is removed. */
function createIndex() {
  const ids = new Map<string, Set<string>>()
  return {
    count: (key: string): number => ids.get(key)?.size ?? 0,
    first: (key: string): string => ids.get(key)?.values().next().value ?? '',
    add(key: string, id: string): void {
      const known = ids.get(key)
      if (known) known.add(id)
      else ids.set(key, new Set([id]))
    },
    delete(key: string, id: string): void {
      const known = ids.get(key)
      known?.delete(id)
      if (known?.size === 0) ids.delete(key)
    },
  }
}
