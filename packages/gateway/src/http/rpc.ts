import { randomUUID } from 'node:crypto'
import type { JobCreated } from '@headway/core/protocol'
import type { Asker } from '../access/principal.ts'
import { type AnyJob, job } from '../app/job.ts'
import { validate } from '../app/validate.ts'
import type { Task } from '../engines/engine.ts'
import { HttpError } from '../errors.ts'
import { isFunctionName } from '../options.ts'
import { runIdOf } from '../runs/run-id.ts'
import type { ApiRequest } from './api-request.ts'
import { readString } from './body.ts'
import type { HttpContext } from './context.ts'

const maxKeyLength = 255

/**
 * `POST /_api/rpc/{name}`, and `POST /_api/rpc` with the name in the body: starts a job.
 *
 * The row is written before the engine hears of it, so that a worker never meets a task without one. The
 * same start under the same key is handed over again while no worker has it: the engine takes it once.
 */
export async function rpc(
  context: HttpContext,
  { principal }: Asker,
  request: ApiRequest,
  nameInPath: string | undefined,
  body: Record<string, unknown>,
): Promise<JobCreated> {
  const { options, recorder } = context
  const idempotencyKey = readIdempotencyKey(request)
  const name = nameInPath ?? readString(body, 'function')
  if (!isFunctionName(name)) {
    throw new HttpError('A function is named by 1 to 256 of letters, digits, _ . : -', {
      status: 400,
      code: 'VALIDATION_ERROR',
    })
  }
  const definition = Object.hasOwn(options.jobs, name) ? options.jobs[name] : undefined
  if (!definition) {
    throw new HttpError(`There is no function ${name}`, { status: 404, code: 'NOT_FOUND' })
  }
  if (context.authenticate && !principal && !definition.public) {
    throw new HttpError(`Only who sends a token may start ${name}`, {
      status: 401,
      code: 'UNAUTHORIZED',
    })
  }
  const args = await parseArgs(definition, body.args ?? null)
  const owner = principal?.id ?? null
  const id = idempotencyKey === null ? randomUUID() : runIdOf(owner, name, idempotencyKey)
  const engine = options.engine.name
  const isWaiting = await recorder.start({ id, name, engine, owner, idempotencyKey, args })
  if (isWaiting) await handOver(context, { id, runId: id, name, args })
  return { job_id: id }
}

/** Hands a run that waits to its engine; what the engine does not take is taken back, and refused with 503. */
export async function handOver(
  { options, engine, recorder }: HttpContext,
  task: Pick<Task, 'id' | 'runId' | 'name' | 'args'>,
): Promise<void> {
  // A job that is not defined any more is handed over all the same: its worker may still know it.
  const definition = options.jobs[task.name] ?? job({ run: () => null })
  const { attempts, backoff, priority, delayMs } = definition
  try {
    await engine.enqueue({ ...task, attempts, backoff, priority, delayMs })
  } catch (error) {
    const { runId } = task
    options.logger.error({ err: error, runId }, 'a job could not be handed to its engine')
    await recorder.discard(runId, task.id, 'The queue took no jobs')
    throw new HttpError('The queue takes no jobs at the moment: try again', {
      status: 503,
      code: 'SERVICE_UNAVAILABLE',
      retryAfterSecs: 5,
    })
  }
}

function readIdempotencyKey(request: ApiRequest): string | null {
  const key = request.header('x-idempotency-key')
  if (key === null || (key.length > 0 && key.length <= maxKeyLength)) return key
  throw new HttpError(`X-Idempotency-Key is not one of 1 to ${maxKeyLength} characters`, {
    status: 400,
    code: 'VALIDATION_ERROR',
  })
}

async function parseArgs({ input }: AnyJob, args: unknown): Promise<unknown> {
  const validated = await validate(input, args)
  if ('value' in validated) return validated.value
  throw new HttpError(`The arguments do not fit${validated.message}`, {
    status: 400,
    code: 'INVALID_ARGUMENT',
    details: validated.problems,
  })
}
