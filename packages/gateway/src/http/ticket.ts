import type { Asker } from '../access/principal.ts'
import { ticketSecs } from '../access/tickets.ts'
import { HttpError } from '../errors.ts'
import type { HttpContext } from './context.ts'

/** What is answered: no envelope, as Forge has it. */
export interface TicketMinted {
  ticket: string
  expires_in_secs: number
}

/** `POST /_api/events/ticket`: a ticket for one stream of whoever asks, from where he asks. */
export function ticket({ tickets }: HttpContext, { principal, ip }: Asker): TicketMinted {
  if (!principal) {
    throw new HttpError('Only who sends a token gets a ticket', {
      status: 401,
      code: 'UNAUTHORIZED',
      shape: 'A',
    })
  }
  const minted = tickets.mint(principal, ip, Date.now())
  if (minted === null) {
    throw new HttpError('There are too many tickets: come back later', {
      status: 503,
      code: 'SSE_TICKET_CAPACITY',
      retryAfterSecs: ticketSecs,
    })
  }
  return { ticket: minted, expires_in_secs: ticketSecs }
}
