import { randomUUID } from 'node:crypto'
import { type Action, isAllowed, notAllowed } from '../access/authorize.ts'
import type { Asker } from '../access/principal.ts'
import { queueAway } from '../refusals/failures.ts'
import { wrongMember } from '../refusals/requests.ts'
import {
  alreadyCompleted,
  invalidRunId,
  notDefinedHere,
  notInQueue,
  notRunByEngine,
  runNotFound,
} from '../refusals/runs.ts'
import type { Run } from '../runs/run-store.ts'
import { isUuid } from '../uuid.ts'
import type { HttpContext } from './context.ts'
import { withKnownOutcome } from './known-outcome.ts'

const maxReasonLength = 1_000

/**
 * `POST /_api/jobs/{id}/cancel`: requests the cancellation and answers the state after it. A job
 * that has ended is not changed.
 */
export async function cancelJob(
  context: HttpContext,
  asker: Asker,
  id: string,
  body: Record<string, unknown>,
): Promise<Run> {
  const reason = readReason(body)
  const { engine } = await findRun(context, asker, 'job', id, 'cancel')
  if (engine === 'observed') {
    await withKnownOutcome(() => context.observed.cancel(id, reason))
    return readRun(context, 'job', id)
  }
  const cancelled = await withKnownOutcome(() => context.recorder.cancel(id, reason))
  if (cancelled?.status === 'cancelled') {
    // Best effort: a worker that takes it all the same finds the run ended.
    context.engine.remove(cancelled.engineId).catch((error: unknown) => {
      context.options.logger.warn({ err: error, runId: id }, 'a cancelled job stays in its queue')
    })
  }
  return readRun(context, 'job', id)
}

/**
 * `POST /_api/jobs/{id}/retry`: a failed or cancelled job waits for a worker again, under its id. A
 * job that waits or runs is not changed: it is already in the requested state.
 */
export async function retryJob(context: HttpContext, asker: Asker, id: string): Promise<Run> {
  const run = await findRun(context, asker, 'job', id, 'retry')
  if (run.status === 'completed') throw alreadyCompleted('job')
  if (!hasFailed.has(run.status)) return run
  if (run.engine === 'observed') {
    const isRetried = await context.observed.retry(id).catch((error: unknown) => {
      context.options.logger.warn({ err: error, runId: id }, 'a job could not be retried')
      throw queueAway()
    })
    if (!isRetried) throw notInQueue()
    return readRun(context, 'job', id)
  }
  await enterAgain(context, asker, run)
  const engineId = randomUUID()
  const { name, queue } = context.options.engine
  const place = { engine: name, queue }
  const retried = await withKnownOutcome(() => context.recorder.retry(id, engineId, place))
  if (retried) await context.handOver.task({ id: engineId, runId: id, ...retried })
  const after = await readRun(context, 'job', id)
  // Unless another request, or this one, has retried it before.
  if (!retried && hasFailed.has(after.status)) throw notRunByEngine('job', name)
  return after
}

/** Checks a retry as a start of the run. Throws an {@link HttpError}. */
export async function enterAgain(
  { guard, options }: HttpContext,
  asker: Asker,
  { kind, name }: Run,
): Promise<void> {
  const definitions = kind === 'job' ? options.jobs : options.workflows
  if (!Object.hasOwn(definitions, name)) {
    throw notDefinedHere(kind, name)
  }
  await guard.count(asker, guard.find(asker, name))
}

const hasFailed: ReadonlySet<string> = new Set(['failed', 'dead_letter', 'cancelled'])

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

/**
 * The run of this kind and id. Throws an {@link HttpError} when it does not exist, and has not come
 * after a moment.
 */
export async function readRun(
  { store, late, retentionText }: HttpContext,
  kind: Run['kind'],
  id: string,
): Promise<Run> {
  // PostgreSQL writes ids in lower case.
  const run = (await store.read([id])).get(id.toLowerCase()) ?? (await late.wait(id))
  if (run?.kind === kind) return run
  throw runNotFound(kind, id, retentionText)
}

/** The reason for a cancellation; `null` without one. */
export function readReason({ reason = null }: Record<string, unknown>): string | null {
  if (reason === null) return null
  if (typeof reason === 'string' && reason.length <= maxReasonLength) return reason
  throw wrongMember('reason', `must be a string of at most ${maxReasonLength} characters`)
}
