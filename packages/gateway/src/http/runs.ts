import { type Action, isAllowed, notAllowed } from '../access/authorize.ts'
import type { Asker } from '../access/principal.ts'
import { wrongMember } from '../refusals/requests.ts'
import { invalidRunId, notDefinedHere } from '../refusals/runs.ts'
import type { Run } from '../runs/run-store.ts'
import { isUuid } from '../uuid.ts'
import type { HttpContext } from './context.ts'
import { readRun } from './read-run.ts'
import { cancelRun, retryRun } from './run-requests.ts'

const maxReasonLength = 1_000

/**
 * `POST /_api/jobs/{id}/cancel`, `POST /_api/workflows/{id}/cancel`: requests the cancellation and
 * answers the state after it.
 */
export async function cancel(
  context: HttpContext,
  asker: Asker,
  kind: Run['kind'],
  id: string,
  body: Record<string, unknown>,
): Promise<Run> {
  const reason = readReason(body)
  return cancelRun(context, await findRun(context, asker, kind, id, 'cancel'), reason)
}

/** `POST /_api/jobs/{id}/retry`, `POST /_api/workflows/{id}/retry` */
export async function retry(
  context: HttpContext,
  asker: Asker,
  kind: Run['kind'],
  id: string,
): Promise<Run> {
  const run = await findRun(context, asker, kind, id, 'retry')
  return retryRun(context, run, () => enterAgain(context, asker, run))
}

/** Checks a retry as a start of the run. Throws an {@link HttpError}. */
async function enterAgain(
  { guard, options }: HttpContext,
  asker: Asker,
  { kind, name, engine, children }: Run,
): Promise<void> {
  const { jobs, workflows } = options
  const definitions =
    kind === 'workflow' ? workflows : engine === 'group' ? { ...workflows, ...jobs } : jobs
  if (!Object.hasOwn(definitions, name)) {
    throw notDefinedHere(kind, name)
  }
  const found = guard.find(asker, name)
  // Of a group, each child that runs again counts.
  const runs = engine === 'group' && children ? children.failed + children.cancelled : 1
  const isLimited = found.definition.rateLimit !== null
  for (let count = 0; count < (isLimited ? runs : 1); count += 1) await guard.count(asker, found)
}

/**
 * The run of this kind and id. Throws an {@link HttpError} unless it exists and the caller may do
 * this with it.
 */
export async function findRun(
  context: HttpContext,
  { principal }: Asker,
  kind: Run['kind'],
  id: string,
  action: Action,
): Promise<Run> {
  if (!isUuid(id)) throw invalidRunId(kind)
  const run = await readRun(context, kind, id)
  if (await isAllowed(context.options.authorize, principal, run, action)) return run
  throw notAllowed(principal)
}

/** The reason for a cancellation; `null` without one. */
function readReason({ reason = null }: Record<string, unknown>): string | null {
  if (reason === null) return null
  if (typeof reason === 'string' && reason.length <= maxReasonLength) return reason
  throw wrongMember('reason', `must be a string of at most ${maxReasonLength} characters`)
}
