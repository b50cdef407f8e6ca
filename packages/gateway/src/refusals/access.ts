import type { HttpError } from '../errors.ts'
import { refuse } from './codes.ts'

export const invalidToken = (cause?: unknown): HttpError =>
  refuse('UNAUTHORIZED', 'The token is invalid or has expired', { shape: 'A', cause })

export const keysUnavailable = (): HttpError =>
  refuse('SERVICE_UNAVAILABLE', "The issuer's keys cannot be read: try again", {
    retryAfterSecs: 5,
  })

export const tokenInUrl = (): HttpError =>
  refuse(
    'TOKEN_IN_URL',
    "The stream's URL contains a token. This server does not read it, because URLs are logged: " +
      "send it as Authorization, or use a ticket. Forge's released client can do neither: for it, " +
      "set the gateway's option auth.tokenInUrl",
  )

export const notLocal = (why: string): HttpError => refuse('FORBIDDEN', why)

/** @param action such as `Calling export_users` */
export const tokenRequired = (action: string): HttpError =>
  refuse('UNAUTHORIZED', `${action} requires a token`)

/** @param action such as `Calling export_users` */
export const roleRequired = (action: string, roles: readonly string[]): HttpError =>
  refuse('FORBIDDEN', `${action} requires role ${roles.join(' or ')}`)

export const notOwner = (): HttpError => refuse('FORBIDDEN', 'The run belongs to another user')

export const ownedRun = (): HttpError =>
  refuse('UNAUTHORIZED', 'The run belongs to a user: send a token')

export const rateLimited = (
  name: string,
  calls: number,
  perSecs: number,
  waitMs: number,
): HttpError =>
  refuse('RATE_LIMITED', `${name} may be called ${calls} times in ${perSecs} s`, {
    retryAfterSecs: Math.ceil(waitMs / 1_000),
  })

export const ticketNeedsToken = (): HttpError =>
  refuse('UNAUTHORIZED', 'A ticket requires a token', { shape: 'A' })

export const invalidTicket = (): HttpError =>
  refuse('UNAUTHORIZED', 'The ticket is unknown, used or expired: ask for another one', {
    shape: 'A',
  })

export const tooManyTickets = (retryAfterSecs: number): HttpError =>
  refuse('SSE_TICKET_CAPACITY', 'There are too many tickets: try again', { retryAfterSecs })

export const pageNotProven = (): HttpError =>
  refuse(
    'FORBIDDEN',
    'A page that sends files must send one of the headers Authorization (Bearer), ' +
      'X-Forge-Platform and X-Forge-CSRF',
  )
