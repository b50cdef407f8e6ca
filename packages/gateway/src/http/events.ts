import { capabilities, encodeEvent } from '@headway/core/protocol'
import type { Asker, Principal } from '../access/principal.ts'
import { type Reply, type Sink, streamHeaders } from '../messages/reply.ts'
import { invalidTicket } from '../refusals/access.ts'
import { draining, streamsFull, tooManyOwnStreams } from '../refusals/sessions.ts'
import type { Dialect } from '../runs/snapshot.ts'
import type { Session } from '../streams/sessions.ts'
import type { HttpContext } from './context.ts'

/** The longest time that a timer can wait, in milliseconds. */
const maxTimerMs = 2 ** 31 - 1

/**
 * `GET /_api/events`: opens a session on a stream, which lasts until either side closes the stream,
 * or the principal expires. Throws when there are too many streams.
 *
 * @see PROTOCOL.md, "Events"
 */
export function events(context: HttpContext, asker: Asker, url: string): Reply {
  const { searchParams } = new URL(url, 'http://headway')
  const { options, sessions, outboxes, drain } = context
  const awaySecs = drain.retryAfterSecs()
  if (awaySecs !== null) throw draining(awaySecs)
  if (sessions.isFull()) throw streamsFull()
  const owner = {
    ...asker,
    principal: asker.principal ?? redeem(context, asker, searchParams.get('ticket')),
  }
  let sink: Sink | null = null
  const dialect = searchParams.get('client') === 'headway.1' ? 'headway' : 'forge'
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
  const session = sessions.open(owner, outbox, { dialect, end, renew })
  if (!session) throw tooManyOwnStreams()
  if (owner.principal) renew(owner.principal)
  return {
    type: 'stream',
    headers: streamHeaders,
    open(opened) {
      sink = opened
      outbox.connect(opened)
      outbox.sendNow(greet(session, options.pingSecs))
      context.freshness.greet(session)
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

/** The frame for skipped states of a target. Forge's clients do not know `gap`. */
const skippedIn: Record<Dialect, (target: string) => string> = {
  headway: (target) => encodeEvent({ type: 'gap', target }),
  forge: (target) =>
    encodeEvent({
      type: 'error',
      target,
      code: 'SERVICE_UNAVAILABLE',
      message: 'States were skipped: register again',
    }),
}

/** The stream is not open: takes nothing. */
const notYet = (): boolean => false

/**
 * The first event, made when it is sent: kept as long as the stream, it would be a third of its
 * memory.
 */
function greet({ id, secret }: Session, pingSecs: number): string {
  return encodeEvent({
    type: 'connected',
    session_id: id,
    session_secret: secret,
    capabilities: [...capabilities],
    ping_secs: pingSecs,
  })
}

const expired = encodeEvent({
  type: 'error',
  target: 'session',
  code: 'SESSION_EXPIRED',
  message: 'The token has expired: open a new stream with another one',
})

/**
 * The owner of a ticket. Without a ticket the stream is anonymous, unless it carries other
 * credentials.
 */
function redeem({ tickets }: HttpContext, { ip }: Asker, ticket: string | null): Principal | null {
  if (ticket === null) return null
  const principal = tickets.redeem(ticket, ip, Date.now())
  if (principal) return principal
  throw invalidTicket()
}
