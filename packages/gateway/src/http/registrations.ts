import { encodeEvent } from '@headway/core/protocol'
import type { HttpError } from '../errors.ts'
import type { Registration } from '../live/registration.ts'
import { readString } from '../messages/body.ts'
import {
  registrationIdTooLong,
  tooManyArguments,
  tooManyRegistrations,
} from '../refusals/sessions.ts'
import type { Session } from '../streams/sessions.ts'
import type { HttpContext } from './context.ts'

const maxIdBytes = 255

/**
 * The id that a client chose for a registration. Throws an {@link HttpError} about an invalid one.
 */
export function readId(body: Record<string, unknown>): string {
  const id = readString(body, 'id')
  if (Buffer.byteLength(id) <= maxIdBytes) return id
  throw registrationIdTooLong(maxIdBytes)
}

/** The maximum size of the arguments of all queries of a session, in bytes of JSON. */
const maxArgsBytes = 1_048_576

/**
 * Adds a registration to its session; it replaces the one with the same id. Throws an {@link
 * HttpError}, and removes it, when the session has too many, or too large ones.
 */
export function addRegistration(
  context: HttpContext,
  session: Session,
  registration: Registration,
): void {
  const { registrations, outbox } = session
  const { target } = registration
  // The answer speaks for the target now: an error of an earlier registration would end this one.
  outbox.forget(target)
  const replaced = registrations.get(target)
  if (replaced) {
    unregister(context, session, replaced)
    // An earlier request may come late: what was sent between the two must not end it.
    registration.seq = Math.max(registration.seq, replaced.seq)
  }
  const refusal = whyFull(context.options.maxRegistrations, session, registration)
  if (refusal === null) return void registrations.set(target, registration)
  context.live.unwatch(registration)
  throw refusal
}

/** The refusal of one more registration; `null` when the session may have it. */
function whyFull(
  maxRegistrations: number,
  { registrations }: Session,
  registration: Registration,
): HttpError | null {
  if (registrations.size >= maxRegistrations) {
    return tooManyRegistrations(maxRegistrations)
  }
  let argsBytes = argsBytesOf(registration)
  if (argsBytes === 0) return null
  for (const other of registrations.values()) argsBytes += argsBytesOf(other)
  if (argsBytes <= maxArgsBytes) return null
  return tooManyArguments(maxArgsBytes)
}

function argsBytesOf(registration: Registration): number {
  return registration.kind === 'query' ? registration.group.call.argsBytes : 0
}

/** The part of the context that a registration is removed from. */
type LiveContext = Pick<HttpContext, 'live'>

/** Ends a registration. */
export function unregister(
  { live }: LiveContext,
  session: Session,
  registration: Registration,
): void {
  live.unwatch(registration)
  if (!isCurrent(session, registration)) return
  session.registrations.delete(registration.target)
  session.outbox.forget(registration.target)
}

/**
 * Ends a registration that is no longer allowed, and sends the reason: a client that registers
 * again gets the same answer. Until the reason is written, the registration counts as one of the
 * session: a reader that does not read cannot have an unlimited number of errors kept for it.
 */
export function refuseTarget(
  { live }: LiveContext,
  session: Session,
  registration: Registration,
  { message, refusal: { code } }: HttpError,
): void {
  live.unwatch(registration)
  if (!isCurrent(session, registration)) return
  const { target } = registration
  const frame = encodeEvent({ type: 'error', target, code, message })
  session.outbox.send(target, frame, () => unregister({ live }, session, registration))
}

/** The registration has not been replaced. */
function isCurrent(session: Session, registration: Registration): boolean {
  return session.registrations.get(registration.target) === registration
}
