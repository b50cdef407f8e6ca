import { toTarget } from '@headway/core/protocol'
import { isAllowed, notAllowed } from '../access/authorize.ts'
import { HttpError } from '../errors.ts'
import type { Watcher } from '../hub/hub.ts'
import type { Run } from '../runs/run-store.ts'
import { type RunSnapshot, toSnapshotIn } from '../runs/snapshot.ts'
import type { Session } from '../sessions/sessions.ts'
import { isUuid } from '../uuid.ts'
import { readString } from './body.ts'
import type { HttpContext } from './context.ts'
import { sessionNotFound } from './find-session.ts'
import { addRegistration, readId, refuseTarget, unregister } from './registrations.ts'

/** What a session asks to hear of. */
export interface RunItem {
  kind: Run['kind']
  /** As the client chose it. */
  id: string
  runId: string
}

/** What became of one registration. */
export type Registered = { snapshot: RunSnapshot } | { refused: HttpError }

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
 * Registers first, then reads all of them in one query, so that no change falls in between.
 *
 * @see PROTOCOL.md, "Registrations"
 */
export async function register(
  context: HttpContext,
  session: Session,
  items: readonly RunItem[],
): Promise<Registrations> {
  const access = accessOf(context, session)
  const watchers = items.map((item) => tryWatch(context, session, item, access))
  const leave = (watcher: Watcher): void => unregister(context, session, watcher)
  const made = watchers.flatMap((watcher) => (watcher instanceof HttpError ? [] : [watcher]))
  const kindOf = (watcher: Watcher): Run['kind'] =>
    watcher.target.startsWith(toTarget('job', '')) ? 'job' : 'workflow'
  const runs = new Map<string, Run>()
  const settle = async (watcher: Watcher | HttpError): Promise<Registered> => {
    if (watcher instanceof HttpError) return { refused: watcher }
    const kind = kindOf(watcher)
    const run = runs.get(watcher.runId)
    const isThere = run?.kind === kind
    if (isThere && (await watcher.mayRead(run))) {
      return { snapshot: toSnapshotIn(session.dialect, run) }
    }
    leave(watcher)
    return { refused: isThere ? notAllowed(session.principal) : runNotFound(kind, watcher.runId) }
  }
  const answered = (): void => {
    for (const watcher of made) {
      const run = runs.get(watcher.runId)
      // Unless it was replaced in the meantime: the other one speaks for the target now.
      const isCurrent = session.registrations.get(watcher.target) === watcher
      if (run && isCurrent) context.hub.answered(watcher, run)
    }
  }
  try {
    for (const run of await context.store.read(made.map(({ runId }) => runId))) {
      runs.set(run.id, run)
    }
    const results = await Promise.all(watchers.map(settle))
    if (context.sessions.get(session.id) !== session) throw sessionNotFound()
    return { results, answered }
  } catch (error) {
    made.forEach(leave)
    throw error
  }
}

/** By itself, since every watcher keeps it: made within `register` it would keep the runs that were read there, too. */
function accessOf(context: HttpContext, session: Session): Pick<Watcher, 'mayRead' | 'ended'> {
  const { authorize } = context.options
  const mayRead: Watcher['mayRead'] = (run) => {
    const { principal } = session
    const asked = isAllowed(authorize, principal, run, 'read')
    if (typeof asked === 'boolean') return asked
    // While `authorize` thinks about it the session may come to have other rights: then those are asked.
    return asked.then((may) => (session.principal === principal ? may : mayRead(run)))
  }
  const ended: Watcher['ended'] = (watcher, why) => {
    if (why === 'told') return unregister(context, session, watcher)
    refuseTarget(context, session, watcher, notAllowed(session.principal))
  }
  return { mayRead, ended }
}

/** There is no such run of that kind. */
export function runNotFound(kind: Run['kind'], id: string): HttpError {
  const code = `${kind.toUpperCase()}_NOT_FOUND`
  return new HttpError(`There is no ${kind} ${id}`, { status: 404, code })
}

/** What was given as the id of a run is none. */
export function invalidRunId(kind: Run['kind']): HttpError {
  const code = `INVALID_${kind.toUpperCase()}_ID`
  return new HttpError(`The ${kind} id is no UUID`, { status: 400, code })
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
