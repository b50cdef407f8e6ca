import { randomUUID } from 'node:crypto'
import type { JobCreated, WorkflowCreated } from '@headway/core/protocol'
import type { Asker } from '../access/principal.ts'
import type { FoundFunction } from '../app/call-guard.ts'
import type { AnyJob } from '../app/job.ts'
import { placeOf } from '../app/queue-job.ts'
import { validate } from '../app/validate.ts'
import type { ApiRequest } from '../messages/api-request.ts'
import { readString } from '../messages/body.ts'
import { argumentsRefused, keyNotRandom, keyTooLong, wrongLabels } from '../refusals/functions.ts'
import { type Labels, toLabels } from '../runs/labels.ts'
import { isSecretKey } from '../runs/start-ids.ts'
import { recordStart } from '../workflows/record-start.ts'
import { callMutation } from './call-mutation.ts'
import { type CallAnswer, callQuery } from './call-query.ts'
import type { HttpContext } from './context.ts'
import { withKnownOutcome } from './known-outcome.ts'
import type { RouteCall } from './route.ts'

const maxKeyLength = 255

/**
 * `POST /_api/rpc/{name}`, and `POST /_api/rpc` with the name in the body: starts a job or a
 * workflow, runs a query once, or calls a mutation.
 *
 * A run is started once its row is written. It is then handed to its engine, or, if that fails now,
 * a little later: a worker never gets a task without a row. A repeated start with the same key is
 * handed over again while no worker has it: the engine takes it once.
 */
export async function rpc(call: RouteCall): Promise<CallAnswer> {
  const { context, asker, request, params, place } = call
  const { principal } = asker
  const body = await call.readBody()
  const idempotencyKey = readIdempotencyKey(request)
  const name = params.name ?? readString(body, 'function')
  const found = context.guard.find(asker, name)
  const { id, isAgain } = await nameStart(context, asker, found, idempotencyKey)
  await context.guard.count(asker, found, isAgain)
  const { kind, definition } = found
  const owner = principal?.id ?? null
  const args = await parseArgs(definition, body.args ?? null)
  if (kind === 'query') {
    const query = { name, definition, principal, args: body.args ?? null, input: args }
    return callQuery(context, query, place)
  }
  if (kind === 'mutation') return callMutation(context, definition, asker, args, place)
  const start = { id, name, owner, idempotencyKey, args, labels: readLabels(body) }
  const { id: runId, task } = await withKnownOutcome(() => recordStart(context, found, start))
  if (task) await context.handOver.task(task)
  const created: JobCreated | WorkflowCreated =
    kind === 'job' ? { job_id: runId } : { workflow_id: runId }
  return { text: JSON.stringify(created) }
}

/** The id that a start gets, and whether there is a run of that id. */
interface NamedStart {
  id: string
  isAgain: () => Promise<boolean>
}

async function nameStart(
  { startIds, store, authenticate, options }: HttpContext,
  asker: Asker,
  { kind, name, definition }: FoundFunction,
  key: string | null,
): Promise<NamedStart> {
  const isStart = kind === 'job' || kind === 'workflow'
  if (key === null || !isStart) return { id: randomUUID(), isAgain: async () => false }
  const owner = asker.principal?.id ?? null
  if (owner === null && authenticate && !isSecretKey(key)) {
    throw keyNotRandom()
  }
  const olderId = startIds.olderIdOf(owner, name, key)
  const isThere = async (runId: string): Promise<boolean> => (await store.read([runId])).has(runId)
  if (olderId !== null && (await isThere(olderId))) {
    return { id: olderId, isAgain: async () => true }
  }
  const id = startIds.idOf(owner, name, key, kind === 'job' ? options.engine.queue : null)
  const runId = kind === 'job' ? placeOf(definition, id, options.engine).id : id
  return { id, isAgain: () => isThere(runId) }
}

/** Reads the title and the tags of the run that a request starts, for lists. */
function readLabels(body: Record<string, unknown>): Labels {
  const labels = toLabels(body)
  if (typeof labels === 'string') throw wrongLabels(labels)
  return labels
}

/** The key of a request that may be sent twice; `null`: it has none. */
export function readIdempotencyKey(request: ApiRequest): string | null {
  const key = request.header('x-idempotency-key')
  if (key === null || (key.length > 0 && key.length <= maxKeyLength)) return key
  throw keyTooLong(maxKeyLength)
}

/**
 * The arguments of a call, converted by its schema. Throws an {@link HttpError} when they do not
 * fit.
 */
export async function parseArgs({ input }: Pick<AnyJob, 'input'>, args: unknown): Promise<unknown> {
  const validated = await validate(input, args)
  if ('value' in validated) return validated.value
  throw argumentsRefused(validated.message, validated.problems)
}
