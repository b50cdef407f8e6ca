import { toTarget } from '@headway/core/protocol'
import { isAllowed, notAllowed } from '../access/authorize.ts'
import { isInstance, toError } from '../describe-error.ts'
import { HttpError } from '../errors.ts'
import { authorizeMs } from '../live/live-runs.ts'
import type { RunRegistration } from '../live/registration.ts'
import type { AnswerPlace } from '../messages/answer-room.ts'
import { readString } from '../messages/body.ts'
import { invalidRunId, outputTooLarge, runNotFound } from '../refusals/runs.ts'
import { sessionNotFound } from '../refusals/sessions.ts'
import type { Run } from '../runs/run-store.ts'
import type { Session } from '../streams/sessions.ts'
import { isUuid } from '../uuid.ts'
import { within } from '../within.ts'
import type { HttpContext } from './context.ts'
import { type LoadedSnapshot, loadSnapshot } from './load-snapshot.ts'
import { addRegistration, readId, refuseTarget, unregister } from './registrations.ts'
import { toRequestRefusal } from './request-refusal.ts'

/** A run that a session wants to watch. */
export interface RunItem {
  kind: Run['kind']
  /** As the client chose it. */
  id: string
  runId: string
}

/** The result of one registration. */
export type Registered =
  /** The answer as JSON text, and a callback for the moment at which it is sent, or given up. */
  { snapshot: string; answered: (isSent: boolean) => void } | { refused: HttpError }

/** The registration in a body. Throws an {@link HttpError} about an invalid one. */
export function readRunItem(kind: Run['kind'], body: Record<string, unknown>): RunItem {
  return { kind, id: readId(body), runId: readString(body, `${kind}_id`) }
}

/**
 * Registers first, then reads all runs in one query, so that no change is missed in between. A
 * failure of one of them, such as an `authorize` that throws, refuses that one alone. Rejects when
 * nothing could be read, or the session is over.
 *
 * @see PROTOCOL.md, "Registrations"
 */
export async function register(
  context: HttpContext,
  session: Session,
  items: readonly RunItem[],
  seq: number | null,
  place: AnswerPlace,
): Promise<Registered[]> {
  const { options } = context
  const access = accessOf(context, session)
  const registrations = items.map((item) => tryWatch(context, session, item, seq, access))
  const made = registrations.flatMap((registration) =>
    registration instanceof HttpError ? [] : [registration],
  )
  const leave = (registration: RunRegistration): void => unregister(context, session, registration)
  const runs = new Map<string, Run>()
  const load = loadOnce(context, session, place)
  const answer = async (registration: RunRegistration | HttpError): Promise<Registered> => {
    if (registration instanceof HttpError) return { refused: registration }
    const { kind } = registration
    const run = runs.get(registration.runId)
    try {
      if (run?.kind !== kind) throw runNotFound(kind, registration.runId)
      const may = mayRead(registration, run)
      // Most answers wait for nothing: a promise for each would cost more than the rest of it.
      if (!(may instanceof Promise ? await may : may)) throw notAllowed(session.principal)
      const loading = load(run)
      const loaded = loading instanceof Promise ? await loading : loading
      // From then on the registration gets newer states than its answer.
      const answered = (isSent: boolean): void =>
        context.live.runs.answered(registration, isSent ? loaded.run : null)
      return { snapshot: loaded.text, answered }
    } catch (error) {
      leave(registration)
      if (!isInstance(error, HttpError)) {
        const { runId } = registration
        options.logger.error({ err: toError(error), runId }, 'a registration failed')
      }
      return { refused: toRequestRefusal(error, options.maskErrors) }
    }
  }
  try {
    for (const run of await context.store.read(made.map(({ runId }) => runId))) {
      runs.set(run.id, run)
    }
    const results = await Promise.all(registrations.map(answer))
    if (context.sessions.get(session.id) !== session) throw sessionNotFound()
    return results
  } catch (error) {
    made.forEach(leave)
    throw error
  }
}

/** Asks `authorize`, but not for ever: the other registrations of the answer wait for it. */
function mayRead(registration: RunRegistration, run: Run): boolean | Promise<boolean> {
  const may = registration.mayRead(run)
  return typeof may === 'boolean' ? may : within(authorizeMs, may, 'authorize')
}

/**
 * Loads a large output once, however many registrations of one answer are for it; each takes room
 * for its text.
 */
function loadOnce(
  context: HttpContext,
  { dialect }: Session,
  place: AnswerPlace,
): (run: Run) => LoadedSnapshot | Promise<LoadedSnapshot> {
  const large = new Map<string, Promise<LoadedSnapshot>>()
  const again = async (loading: Promise<LoadedSnapshot>): Promise<LoadedSnapshot> => {
    const loaded = await loading
    place.take(loaded.bytes)
    return loaded
  }
  return (run) => {
    const known = large.get(run.id)
    if (known) return again(known)
    const loading = loadSnapshot(context, place, dialect, run)
    if (loading instanceof Promise) large.set(run.id, loading)
    return loading
  }
}

/**
 * A function of its own, because every registration keeps it: a closure within `register` would
 * also keep the runs that were read there.
 */
function accessOf(
  context: HttpContext,
  session: Session,
): Pick<RunRegistration, 'mayRead' | 'ended'> {
  const { authorize } = context.options
  const mayRead: RunRegistration['mayRead'] = (run) => {
    const { principal } = session
    const asked = isAllowed(authorize, principal, run, 'read')
    if (typeof asked === 'boolean') return asked
    // The rights of the session may change while `authorize` answers: then ask for the new ones.
    return asked.then((may) => (session.principal === principal ? may : mayRead(run)))
  }
  const ended: RunRegistration['ended'] = (registration, reason) => {
    if (reason === 'sent') return unregister(context, session, registration)
    const refusal =
      reason === 'refused' ? notAllowed(session.principal) : outputTooLarge(registration)
    refuseTarget(context, session, registration, refusal)
  }
  return { mayRead, ended }
}

/** A registration replaces the one its session had under the same id. */
function tryWatch(
  context: HttpContext,
  session: Session,
  { kind, id, runId }: RunItem,
  seq: number | null,
  { mayRead, ended }: Pick<RunRegistration, 'mayRead' | 'ended'>,
): RunRegistration | HttpError {
  if (!isUuid(runId)) return invalidRunId(kind)
  const { dialect, outbox } = session
  const target = toTarget(kind, id)
  const wanted = { kind, runId, target, dialect, outbox, mayRead, ended, seq: seq ?? 0 }
  const registration = context.live.runs.watch(wanted)
  try {
    addRegistration(context, session, registration)
    return registration
  } catch (error) {
    if (error instanceof HttpError) return error
    throw error
  }
}
