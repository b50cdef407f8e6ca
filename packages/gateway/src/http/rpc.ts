import { randomUUID } from 'node:crypto'
import type { JobCreated, WorkflowCreated } from '@headway/core/protocol'
import type { Asker } from '../access/principal.ts'
import type { FoundFunction } from '../app/call-guard.ts'
import type { AnyJob } from '../app/job.ts'
import { placeOf } from '../app/queue-job.ts'
import { validate } from '../app/validate.ts'
import type { AnyWorkflow } from '../app/workflow.ts'
import type { ApiRequest } from '../messages/api-request.ts'
import { readString } from '../messages/body.ts'
import { argumentsRefused, keyNotRandom, keyTooLong, wrongLabels } from '../refusals/functions.ts'
import { toFirstTask, toTaskOptions } from '../runs/hand-over.ts'
import { type Labels, toLabels } from '../runs/labels.ts'
import type { NewRun } from '../runs/recorder.ts'
import { isSecretKey } from '../runs/start-ids.ts'
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
  const { options, recorder } = context
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
  const run = { id, name, owner, idempotencyKey, args, labels: readLabels(body) }
  if (kind === 'workflow') return startWorkflow(context, definition, run)
  const started = {
    ...run,
    ...placeOf(definition, id, options.engine),
    options: toTaskOptions(definition),
  }
  const isWaiting = await withKnownOutcome(() => recorder.start(started))
  if (isWaiting) await context.handOver.task(toFirstTask(started))
  return { text: JSON.stringify({ job_id: started.id } satisfies JobCreated) }
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

/** The row is all it takes: workers take it from there. */
async function startWorkflow(
  { options, workflowRecorder }: HttpContext,
  { steps }: AnyWorkflow,
  run: Omit<NewRun, 'engine' | 'queue' | 'options'>,
): Promise<CallAnswer> {
  const engine = options.workflowEngine?.name ?? 'none'
  await withKnownOutcome(() => workflowRecorder.start({ ...run, engine, steps, parent: null }))
  return { text: JSON.stringify({ workflow_id: run.id } satisfies WorkflowCreated) }
}

/** What lists show of the run that a request starts. */
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
