import type { Asker } from '../access/principal.ts'
import { ticketSecs } from '../access/tickets.ts'
import { ticketNeedsToken, tooManyTickets } from '../refusals/access.ts'
import type { HttpContext } from './context.ts'

/** The answer, without an envelope, as in Forge. */
export interface TicketMinted {
  ticket: string
  expires_in_secs: number
}

/** `POST /_api/events/ticket`: a ticket for one stream of the caller, from the same address. */
export async function ticket(
  { tickets }: HttpContext,
  { principal, ip }: Asker,
): Promise<TicketMinted> {
  if (!principal) throw ticketNeedsToken()
  const minted = await tickets.mint(principal, ip)
  if (minted === null) throw tooManyTickets(ticketSecs)
  return { ticket: minted, expires_in_secs: ticketSecs }
}
