import { toTarget } from '@headway/core/protocol'
import { authorizeMs, isAllowed, notAllowed } from '../access/authorize.ts'
import { isInstance, toError } from '../describe-error.ts'
import { HttpError } from '../errors.ts'
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
 * Registers first, then reads all runs in one query, so that no change is missed in between. Each
 * that has to wait longer is a promise, which holds up no other and never rejects. A failure of one
 * of them, such as an `authorize` that throws, refuses that one alone. Rejects when nothing could
 * be read, or the session is over.
 *
 * @see PROTOCOL.md, "Registrations"
 */
export async function register(
  context: HttpContext,
  session: Session,
  items: readonly RunItem[],
  seq: number | null,
  place: AnswerPlace,
): Promise<(Registered | Promise<Registered>)[]> {
  const access = accessOf(context, session)
  const registrations = items.map((item) => tryWatch(context, session, item, seq, access))
  const made = registrations.filter(isMade)
  const answer = createAnswer(context, session, place)
  try {
    const reading = context.store.read(made.map(({ runId }) => runId))
    // In a callback: this function may wait for long, and would keep all runs that were read.
    const answers = await reading.then((runs) => registrations.map((one) => answer(one, runs)))
    checkSession(context, session)
    return answers
  } catch (error) {
    for (const registration of made) unregister(context, session, registration)
    throw error
  }
}

function isMade(registration: RunRegistration | HttpError): registration is RunRegistration {
  return !(registration instanceof HttpError)
}

/** The answer to a registration, and a promise only if it has to wait: most do not. */
type Answer = (
  registration: RunRegistration | HttpError,
  runs: ReadonlyMap<string, Run>,
) => Registered | Promise<Registered>

/** Throws an {@link HttpError} when the session is over. */
function checkSession({ sessions }: HttpContext, session: Session): void {
  if (sessions.get(session.id) !== session) throw sessionNotFound()
}

function createAnswer(context: HttpContext, session: Session, place: AnswerPlace): Answer {
  const { options } = context
  const load = loadOnce(context, session, place)
  const loadAllowed = (may: boolean, run: Run): LoadedSnapshot | Promise<LoadedSnapshot> => {
    if (!may) throw notAllowed(session.principal)
    return load(run)
  }
  const begin = (
    registration: RunRegistration,
    run: Run | undefined,
  ): LoadedSnapshot | Promise<LoadedSnapshot> => {
    const { runId } = registration
    if (!run && context.late.mayCome(runId)) {
      return context.late.wait(runId).then((late) => loadThere(registration, late))
    }
    return loadThere(registration, run)
  }
  const loadThere = (
    registration: RunRegistration,
    run: Run | undefined,
  ): LoadedSnapshot | Promise<LoadedSnapshot> => {
    const { kind, runId } = registration
    if (run?.kind !== kind) throw runNotFound(kind, runId, context.retentionText)
    const may = mayRead(registration, run)
    if (may instanceof Promise) return may.then((isAllowed) => loadAllowed(isAllowed, run))
    return loadAllowed(may, run)
  }
  const succeed = (registration: RunRegistration, { run, text }: LoadedSnapshot): Registered => ({
    snapshot: text,
    // From then on the registration gets newer states than its answer.
    answered: (isSent) => context.live.runs.answered(registration, isSent ? run : null),
  })
  const fail = (registration: RunRegistration, error: unknown): Registered => {
    unregister(context, session, registration)
    if (!isInstance(error, HttpError)) {
      const { runId } = registration
      options.logger.error({ err: toError(error), runId }, 'a registration failed')
    }
    return { refused: toRequestRefusal(error, options.maskErrors) }
  }
  return (registration, runs) => {
    if (registration instanceof HttpError) return { refused: registration }
    try {
      const loading = begin(registration, runs.get(registration.runId))
      if (!(loading instanceof Promise)) return succeed(registration, loading)
      return loading
        .then((loaded) => {
          checkSession(context, session)
          return succeed(registration, loaded)
        })
        .catch((error: unknown) => fail(registration, error))
    } catch (error) {
      return fail(registration, error)
    }
  }
}

/** Asks `authorize`, but not for ever: its client waits for it. */
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
  // Rows have their ids in lower case.
  const row = { kind, runId: runId.toLowerCase(), target }
  const wanted = { ...row, dialect, outbox, mayRead, ended, seq: seq ?? 0 }
  const registration = context.live.runs.watch(wanted)
  try {
    addRegistration(context, session, registration)
    return registration
  } catch (error) {
    if (error instanceof HttpError) return error
    throw error
  }
}
