import type { Asker, Principal } from '../access/principal.ts'
import { drawLocalName } from '../cluster/session-names.ts'
import { type Reply, type Sink, streamHeaders } from '../messages/reply.ts'
import { invalidTicket } from '../refusals/access.ts'
import { draining, streamsFull, tooManyOwnStreams } from '../refusals/sessions.ts'
import type { Dialect } from '../runs/snapshot.ts'
import { answerInStream } from './answer-in-stream.ts'
import { maxCarried, readItems } from './batch-items.ts'
import type { HttpContext } from './context.ts'
import type { RouteCall } from './route.ts'
import { expired, greet, skippedIn } from './stream-frames.ts'

/** The longest time that a timer can wait, in milliseconds. */
const maxTimerMs = 2 ** 31 - 1

/**
 * `GET /_api/events`: opens a session on a stream, which lasts until either side closes the stream,
 * or the principal expires. Throws when there are too many streams.
 *
 * @see PROTOCOL.md, "Events"
 */
export async function events(call: RouteCall): Promise<Reply> {
  const query = queryOf(call)
  const owner = await checkOwner(call, query)
  return openSession(call, query, owner, null)
}

/**
 * `POST /_api/events`: the same, for a session that every gateway knows, with its registrations.
 *
 * @see PROTOCOL.md, "Registrations in the stream"
 */
export async function eventsWithItems(call: RouteCall): Promise<Reply> {
  const query = queryOf(call)
  const owner = await checkOwner(call, query)
  const items = readItems(await call.readBody(), maxCarried)
  return openSession(call, query, owner, items)
}

function queryOf({ request }: RouteCall): URLSearchParams {
  const { url } = request
  return new URLSearchParams(url.includes('?') ? url.slice(url.indexOf('?')) : '')
}

/** The principal of a new stream. Throws when the gateway cannot have it. */
async function checkOwner(
  { context, asker }: RouteCall,
  query: URLSearchParams,
): Promise<Principal | null> {
  checkIsOpen(context)
  const principal = asker.principal ?? (await redeem(context, asker, query.get('ticket')))
  if (context.sessions.isFullFor({ ...asker, principal })) throw tooManyOwnStreams()
  return principal
}

/**
 * The owner of a ticket. Without a ticket the stream is anonymous, unless it carries other
 * credentials.
 */
async function redeem(
  { tickets }: HttpContext,
  { ip }: Asker,
  ticket: string | null,
): Promise<Principal | null> {
  if (ticket === null) return null
  const principal = await tickets.redeem(ticket, ip)
  if (principal) return principal
  throw invalidTicket()
}

function checkIsOpen({ drain, membership, sessions }: HttpContext): void {
  const awaySecs = drain.retryAfterSecs()
  // The balancer may choose another gateway for the next attempt.
  if (awaySecs !== null) throw draining(membership.hasOthers() ? 1 : awaySecs)
  if (sessions.isFull()) throw streamsFull()
}

/** @param items `null`: the session is known to this gateway alone */
function openSession(
  { context, asker }: RouteCall,
  query: URLSearchParams,
  principal: Principal | null,
  items: readonly Record<string, unknown>[] | null,
): Reply {
  const { options, sessions, outboxes } = context
  // The ticket and the body took their time.
  checkIsOpen(context)
  const dialect: Dialect = query.get('client') === 'headway.1' ? 'headway' : 'forge'
  let sink: Sink | null = null
  const outbox = outboxes.open(notYet, skippedIn[dialect])
  const end = (): void => {
    outbox.close()
    sink?.end()
  }
  let expiry: NodeJS.Timeout | undefined
  const renew = ({ expiresAt }: Principal): void => {
    clearTimeout(expiry)
    const leftMs = Math.min(maxTimerMs, Math.max(0, expiresAt - Date.now()))
    expiry = setTimeout(() => {
      outbox.sendNow(expired)
      end()
    }, leftMs).unref()
  }
  let carried = items ?? []
  const name = items ? context.sessionNames.draw(principal) : drawLocalName()
  const session = sessions.open({ ...asker, principal }, outbox, { dialect, name, end, renew })
  if (!session) throw tooManyOwnStreams()
  if (principal) renew(principal)
  return {
    type: 'stream',
    headers: streamHeaders,
    open(opened) {
      sink = opened
      outbox.connect(opened)
      outbox.sendNow(greet(session, options.pingSecs, context.membership.now()))
      context.freshness.greet(session)
      if (carried.length > 0) answerInStream(context, session, carried, null)
      // They would be kept as long as the stream.
      carried = []
      return {
        drained: () => outbox.drain(),
        closed() {
          clearTimeout(expiry)
          outbox.close()
          for (const registration of session.registrations.values())
            context.live.unwatch(registration)
          sessions.close(session)
        },
      }
    },
  }
}

/** The stream is not open: takes nothing. */
const notYet = (): boolean => false
