import { ProtocolError } from '../errors.ts'
import type { BatchAnswer } from './envelopes.ts'
import { isRecord, numbersIn, parseJson } from './json.ts'
import type { Frame, ServerEvent } from './server-event.ts'

/**
 * Decodes one frame. Returns `null` for an event type that this version does not know, and a
 * {@link ProtocolError} for a malformed event. Neither ends the stream.
 *
 * @see PROTOCOL.md, "Events"
 */
export function decodeEvent(frame: Frame): ServerEvent | ProtocolError | null {
  const body = parseJson(frame.data)
  if (!isRecord(body)) return malformed(frame)
  switch (body.type) {
    case 'connected': {
      const { session_id, session_secret, capabilities } = body
      if (typeof session_id !== 'string' || typeof session_secret !== 'string') {
        return malformed(frame)
      }
      return {
        type: 'connected',
        session_id,
        session_secret,
        ...(Array.isArray(capabilities) && {
          capabilities: capabilities.filter((word) => typeof word === 'string'),
        }),
        ...numbersIn(body, 'ping_secs', 'now'),
      }
    }
    case 'answers': {
      const { answers } = body
      if (!Array.isArray(answers)) return malformed(frame)
      // Each is checked when its registration reads it.
      return { type: 'answers', answers: answers.filter(isRecord) as unknown as BatchAnswer[] }
    }
    case 'update':
      if (typeof body.target !== 'string') return malformed(frame)
      return {
        type: 'update',
        target: body.target,
        payload: body.payload,
        ...numbersIn(body, 'revision'),
      }
    case 'gap':
      return typeof body.target === 'string'
        ? { type: 'gap', target: body.target }
        : malformed(frame)
    case 'error': {
      const { target, code, message } = body
      if (typeof target !== 'string' || typeof code !== 'string') return malformed(frame)
      return { type: 'error', target, code, message: typeof message === 'string' ? message : code }
    }
    case 'stale':
      return { type: 'stale', reason: typeof body.reason === 'string' ? body.reason : 'server' }
    case 'fresh':
      return { type: 'fresh' }
    default:
      return null
  }
}

function malformed(frame: Frame): ProtocolError {
  return new ProtocolError(`The event "${frame.event}" is malformed: ${frame.data.slice(0, 200)}`)
}
