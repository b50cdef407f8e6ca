import { toTarget } from '@headway/core/protocol'
import { isAllowed, notAllowed } from '../access/authorize.ts'
import { isInstance, toError } from '../describe-error.ts'
import { HttpError } from '../errors.ts'
import { askMs, type Watcher } from '../hub/hub.ts'
import { within } from '../postgres/hello.ts'
import type { Run } from '../runs/run-store.ts'
import type { Session } from '../sessions/sessions.ts'
import { isUuid } from '../uuid.ts'
import type { AnswerPlace } from './answer-room.ts'
import { readString } from './body.ts'
import type { HttpContext } from './context.ts'
import { sessionNotFound } from './find-session.ts'
import { type LoadedSnapshot, loadSnapshot } from './load-snapshot.ts'
import { addRegistration, readId, refuseTarget, unregister } from './registrations.ts'
import { invalidRunId, outputTooLarge, runNotFound } from './run-refusals.ts'
import { toRefused } from './to-refused.ts'

/** What a session asks to hear of. */
export interface RunItem {
  kind: Run['kind']
  /** As the client chose it. */
  id: string
  runId: string
}

/** What became of one registration. */
export type Registered =
  /** JSON text. */
  { snapshot: string } | { refused: HttpError }

/** Registrations that were made: what became of each, and what to do once the answer is out. */
export interface Registrations {
  results: Registered[]
  answered: () => void
}

/** The members of a registration's body. Throws an {@link HttpError} for what cannot be. */
export function readRunItem(kind: Run['kind'], body: Record<string, unknown>): RunItem {
  return { kind, id: readId(body), runId: readString(body, `${kind}_id`) }
}

/**
 * Registers first, then reads all of them in one query, so that no change falls in between. What
 * goes wrong with one of them, such as an `authorize` that throws, refuses that one alone. Rejects
 * when nothing could be read, or the session is over.
 *
 * @see PROTOCOL.md, "Registrations"
 */
export async function register(
  context: HttpContext,
  session: Session,
  items: readonly RunItem[],
  place: AnswerPlace,
): Promise<Registrations> {
  const { options } = context
  const access = accessOf(context, session)
  const watchers = items.map((item) => tryWatch(context, session, item, access))
  const made = watchers.flatMap((watcher) => (watcher instanceof HttpError ? [] : [watcher]))
  const leave = (watcher: Watcher): void => unregister(context, session, watcher)
  const runs = new Map<string, Run>()
  const answered = new Map<Watcher, Run>()
  const load = loadOnce(context, session, place)
  const settle = async (watcher: Watcher | HttpError): Promise<Registered> => {
    if (watcher instanceof HttpError) return { refused: watcher }
    const kind = kindOf(watcher)
    const run = runs.get(watcher.runId)
    try {
      if (run?.kind !== kind) throw runNotFound(kind, watcher.runId)
      if (!(await mayRead(watcher, run))) throw notAllowed(session.principal)
      const loaded = await load(run)
      answered.set(watcher, loaded.run)
      return { snapshot: loaded.text }
    } catch (error) {
      leave(watcher)
      if (!isInstance(error, HttpError)) {
        const { runId } = watcher
        options.logger.error({ err: toError(error), runId }, 'a registration failed')
      }
      return { refused: toRefused(error, options.maskErrors) }
    }
  }
  try {
    for (const run of await context.store.read(made.map(({ runId }) => runId))) {
      runs.set(run.id, run)
    }
    const results = await Promise.all(watchers.map(settle))
    if (context.sessions.get(session.id) !== session) throw sessionNotFound()
    return { results, answered: () => tellAnswered(context, answered) }
  } catch (error) {
    made.forEach(leave)
    throw error
  }
}

/** Asks `authorize`, but not for ever: the other registrations of the answer wait for it. */
async function mayRead(watcher: Watcher, run: Run): Promise<boolean> {
  const may = watcher.mayRead(run)
  return typeof may === 'boolean' ? may : within(askMs, may, 'authorize')
}

function kindOf({ target }: Watcher): Run['kind'] {
  return target.startsWith(toTarget('job', '')) ? 'job' : 'workflow'
}

/**
 * Loads each run once, however many registrations of one answer are for it; each takes room for its
 * text.
 */
function loadOnce(
  context: HttpContext,
  { dialect }: Session,
  place: AnswerPlace,
): (run: Run) => Promise<LoadedSnapshot> {
  const loaded = new Map<string, Promise<LoadedSnapshot>>()
  return async (run) => {
    const known = loaded.get(run.id)
    if (known) {
      const again = await known
      place.take(again.bytes)
      return again
    }
    const loading = loadSnapshot(context, place, dialect, run)
    loaded.set(run.id, loading)
    return loading
  }
}

/** From now on each watcher gets newer states than its answer. */
function tellAnswered({ hub }: HttpContext, answered: ReadonlyMap<Watcher, Run>): void {
  for (const [watcher, run] of answered) hub.answered(watcher, run)
}

/**
 * A function of its own, since every watcher keeps it: a closure within `register` would keep the
 * runs that were read there, too.
 */
function accessOf(context: HttpContext, session: Session): Pick<Watcher, 'mayRead' | 'ended'> {
  const { authorize } = context.options
  const mayRead: Watcher['mayRead'] = (run) => {
    const { principal } = session
    const asked = isAllowed(authorize, principal, run, 'read')
    if (typeof asked === 'boolean') return asked
    // The rights of the session may change while `authorize` answers: then ask for the new ones.
    return asked.then((may) => (session.principal === principal ? may : mayRead(run)))
  }
  const ended: Watcher['ended'] = (watcher, why) => {
    if (why === 'told') return unregister(context, session, watcher)
    const refusal =
      why === 'refused' ? notAllowed(session.principal) : outputTooLarge({ kind: kindOf(watcher) })
    refuseTarget(context, session, watcher, refusal)
  }
  return { mayRead, ended }
}

/** A registration replaces the one its session had under the same id. */
function tryWatch(
  context: HttpContext,
  session: Session,
  { kind, id, runId }: RunItem,
  { mayRead, ended }: Pick<Watcher, 'mayRead' | 'ended'>,
): Watcher | HttpError {
  if (!isUuid(runId)) return invalidRunId(kind)
  const { dialect, outbox } = session
  const target = toTarget(kind, id)
  const registration = { runId, target, dialect, outbox, mayRead, ended }
  const watcher = context.hub.watch(registration)
  try {
    addRegistration(context, session, watcher)
    return watcher
  } catch (error) {
    if (error instanceof HttpError) return error
    throw error
  }
}
