import { createHash, randomUUID } from 'node:crypto'
import type { Database } from '../postgres/pools.ts'
import { sql } from '../sql.ts'
import type { Principal } from './principal.ts'

/** The life of a ticket, in seconds. */
export const ticketSecs = 30

/** The maximum numbers of tickets, at all gateways together. */
export interface TicketLimits {
  /** Per user: one more makes the user's oldest ticket void. */
  perUser: number
  /** Per address. */
  perIp: number
}

const defaultLimits: TicketLimits = { perUser: 20, perIp: 1_000 }

/**
 * One-time tickets, for streams that cannot carry a header: a native `EventSource`. They are rows,
 * so that a ticket of one gateway is good at every other, and once at all of them.
 */
export interface Tickets {
  /** Resolves with `null` when there are as many as there may be. */
  mint(principal: Principal, ip: string): Promise<string | null>
  /**
   * The owner of a ticket, which is then used up; `null` when it is unknown, used, expired, or was
   * given to another address.
   */
  redeem(ticket: string, ip: string): Promise<Principal | null>
}

/** The tickets of a database, which knows only their digests. */
export function createTickets(
  database: Database,
  { perUser, perIp }: TicketLimits = defaultLimits,
): Tickets {
  return {
    async mint(principal, ip) {
      const ticket = randomUUID()
      const owner = [JSON.stringify(principal), principal.id, ip]
      const values = [digestOf(ticket), ...owner, ticketSecs, perUser, perIp]
      const { rowCount } = await database.query(sql('access/sql/mint-ticket'), values)
      return rowCount === 1 ? ticket : null
    },
    async redeem(ticket, ip) {
      const { rows } = await database.query<{ principal: string; ip: string; isLive: boolean }>(
        sql('access/sql/redeem-ticket'),
        [digestOf(ticket)],
      )
      const [found] = rows
      // [PROTOCOL.md, "Authentication"] A ticket is good for the address that asked for it. Without
      // an address it is refused.
      const isHere = ip !== '' && found?.ip === ip
      return found && isHere && found.isLive ? JSON.parse(found.principal) : null
    },
  }
}

function digestOf(ticket: string): Buffer {
  return createHash('sha256').update(ticket).digest()
}
