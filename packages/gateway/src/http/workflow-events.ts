import { randomUUID } from 'node:crypto'
import { isFunctionName } from '../app/check-definitions.ts'
import { validate } from '../app/validate.ts'
import { eventNotFound, payloadRefused, tooManyEvents, workflowEnded } from '../refusals/runs.ts'
import type { HttpContext } from './context.ts'
import { withKnownOutcome } from './known-outcome.ts'
import { type LoadedSnapshot, loadSnapshot } from './load-snapshot.ts'
import type { RouteCall } from './route.ts'
import { readIdempotencyKey } from './rpc.ts'
import { findRun } from './runs.ts'

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
