import { randomUUID } from 'node:crypto'
import type { Principal } from './principal.ts'

/** How long a ticket is good for, in seconds, and how many there may be. */
export const ticketSecs = 30
const maxTickets = 10_000

interface Ticket {
  principal: Principal
  ip: string
  expiresAt: number
}

/** One-time tickets, for streams that cannot carry a header: a native `EventSource`. */
export interface Tickets {
  /** `null`: there are as many as there may be. */
  mint(principal: Principal, ip: string, now: number): string | null
  /** Whose it is; `null` when it is unknown, used, too old, or was given to another address. It is used then. */
  redeem(ticket: string, ip: string, now: number): Principal | null
}

/** No tickets yet. They live in this process. */
export function createTickets(): Tickets {
  // In the order in which they expire: the oldest first.
  const tickets = new Map<string, Ticket>()
  const sweep = (now: number): void => {
    for (const [id, { expiresAt }] of tickets) {
      if (expiresAt > now) return
      tickets.delete(id)
    }
  }
  return {
    mint(principal, ip, now) {
      sweep(now)
      if (tickets.size >= maxTickets) return null
      const id = randomUUID()
      tickets.set(id, { principal, ip, expiresAt: now + ticketSecs * 1_000 })
      return id
    },
    redeem(id, ip, now) {
      const ticket = tickets.get(id)
      tickets.delete(id)
      // [PROTOCOL.md, Who asks] from the address that asked: where there is none, there is no telling.
      const isHere = ip !== '' && ticket?.ip === ip
      return ticket && isHere && ticket.expiresAt > now ? ticket.principal : null
    },
  }
}
