import { randomUUID } from 'node:crypto'
import type { Asker } from '../access/principal.ts'
import { isFunctionName } from '../app/check-definitions.ts'
import { validate } from '../app/validate.ts'
import {
  alreadyCompleted,
  eventNotFound,
  notRunByEngine,
  payloadRefused,
  tooManyEvents,
  workflowEnded,
} from '../refusals/runs.ts'
import type { Run } from '../runs/run-store.ts'
import type { HttpContext } from './context.ts'
import { withKnownOutcome } from './known-outcome.ts'
import { type LoadedSnapshot, loadSnapshot } from './load-snapshot.ts'
import type { RouteCall } from './route.ts'
import { readIdempotencyKey } from './rpc.ts'
import { enterAgain, findRun, readReason, readRun } from './runs.ts'

/**
 * `POST /_api/workflows/{id}/cancel`: requests the cancellation and answers the state after it. A
 * workflow that has ended is not changed.
 */
export async function cancelWorkflow(
  context: HttpContext,
  asker: Asker,
  id: string,
  body: Record<string, unknown>,
): Promise<Run> {
  const reason = readReason(body)
  await findRun(context, asker, 'workflow', id, 'cancel')
  await withKnownOutcome(() => context.workflowRecorder.cancel(id, reason))
  return readRun(context, 'workflow', id)
}

/**
 * `POST /_api/workflows/{id}/retry`: a failed workflow continues where it failed, under its id. A
 * workflow that waits or runs is not changed: it is already in the requested state.
 */
export async function retryWorkflow(context: HttpContext, asker: Asker, id: string): Promise<Run> {
  const run = await findRun(context, asker, 'workflow', id, 'retry')
  const { status } = run
  if (status === 'completed') throw alreadyCompleted('workflow')
  if (!hasFailed.has(status)) return run
  await enterAgain(context, asker, run)
  const { workflowEngine } = context.options
  const engine = workflowEngine?.name ?? 'none'
  const isRetried = await withKnownOutcome(() => context.workflowRecorder.retry(id, engine))
  const after = await readRun(context, 'workflow', id)
  // Unless another request, or this one, has retried it before.
  if (!isRetried && hasFailed.has(after.status)) {
    throw notRunByEngine('workflow', engine)
  }
  return after
}

const hasFailed: ReadonlySet<string> = new Set(['failed', 'compensated'])

/**
 * `POST /_api/workflows/{id}/events/{name}`: keeps the event until the workflow waits for it.
 * Answers the state before the event, so that nothing can fail once it is kept.
 */
export async function sendEvent(call: RouteCall): Promise<LoadedSnapshot> {
  const { context, asker, request, params, place } = call
  const { id = '', event = '' } = params
  const body = await call.readBody()
  const key = readIdempotencyKey(request) ?? randomUUID()
  const run = await findRun(context, asker, 'workflow', id, 'event')
  const payload = await parsePayload(context, run.name, event, body.payload ?? null)
  const loaded = await loadSnapshot(context, place, 'headway', run)
  const send = () => context.workflowRecorder.sendEvent(id, event, payload, key)
  const became = await withKnownOutcome(send)
  if (became === 'none') throw workflowEnded()
  if (became === 'full') throw tooManyEvents()
  return loaded
}

async function parsePayload(
  { options }: HttpContext,
  name: string,
  event: string,
  payload: unknown,
): Promise<unknown> {
  const { events } = (Object.hasOwn(options.workflows, name) && options.workflows[name]) || {}
  if (!isFunctionName(event) || (events && !Object.hasOwn(events, event))) {
    throw eventNotFound(name, event)
  }
  const validated = await validate(events?.[event], payload)
  if ('value' in validated) return validated.value
  throw payloadRefused(validated.message, validated.problems)
}
