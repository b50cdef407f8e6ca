import type { ServerResponse } from 'node:http'
import { capabilities, encodeEvent, ping } from '@headway/core/protocol'
import { HttpError } from '../errors.ts'
import { createOutbox } from '../sessions/outbox.ts'
import type { HttpContext } from './context.ts'
import { streamHeaders } from './respond.ts'

const pingBytes = Buffer.from(ping)

/**
 * `GET /_api/events`: opens a session on the response and keeps it until that closes, whoever closes
 * it. Throws when there are too many already.
 *
 * @see PROTOCOL.md, "Events"
 */
export function events({ options, sessions, hub }: HttpContext, response: ServerResponse): void {
  const outbox = createOutbox((bytes) => response.write(bytes))
  const session = sessions.open(outbox, () => {
    outbox.close()
    response.end()
  })
  if (!session) {
    throw new HttpError('There are too many streams: come back later', {
      status: 503,
      code: 'SSE_AT_CAPACITY',
      retryAfterSecs: 5,
    })
  }
  const pings = setInterval(() => outbox.ping(pingBytes), options.pingSecs * 1_000).unref()
  response.on('drain', outbox.drain)
  response.on('close', () => {
    clearInterval(pings)
    outbox.close()
    for (const watcher of session.registrations.values()) hub.unwatch(watcher)
    sessions.close(session)
  })
  response.socket?.setNoDelay(true)
  response.writeHead(200, streamHeaders)
  outbox.sendNow(
    Buffer.from(
      encodeEvent({
        type: 'connected',
        session_id: session.id,
        session_secret: session.secret,
        capabilities: [...capabilities],
        ping_secs: options.pingSecs,
      }),
    ),
  )
}
