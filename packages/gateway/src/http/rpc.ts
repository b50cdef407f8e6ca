import { randomUUID } from 'node:crypto'
import type { JobCreated } from '@headway/core/protocol'
import type { AnyJob } from '../app/job.ts'
import { HttpError } from '../errors.ts'
import { isFunctionName } from '../options.ts'
import { readString } from './body.ts'
import type { HttpContext } from './context.ts'

/**
 * `POST /_api/rpc/{name}`, and `POST /_api/rpc` with the name in the body: starts a job.
 *
 * The row is written before the engine hears of it, so that a worker never meets a task without one.
 */
export async function rpc(
  { options, recorder, engine }: HttpContext,
  nameInPath: string | undefined,
  body: Record<string, unknown>,
): Promise<JobCreated> {
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
  const args = await parseArgs(definition, body.args ?? null)
  const id = randomUUID()
  await recorder.start({ id, name, engine: options.engine.name })
  try {
    await engine.enqueue({ id, name, args, attempts: definition.attempts })
  } catch (error) {
    options.logger.error({ err: error, runId: id }, 'a job could not be handed to its engine')
    await recorder.discard(id)
    throw new HttpError('The queue takes no jobs at the moment: try again', {
      status: 503,
      code: 'SERVICE_UNAVAILABLE',
      retryAfterSecs: 5,
    })
  }
  return { job_id: id }
}

async function parseArgs({ input }: AnyJob, args: unknown): Promise<unknown> {
  if (!input) return args
  const result = await input['~standard'].validate(args)
  if (!result.issues) return result.value
  const details = result.issues.map(({ message, path = [] }) => ({
    message,
    path: path.map((part) => (typeof part === 'object' ? part.key : part)),
  }))
  const first = details[0]
  const where = first?.path.length ? ` at ${first.path.join('.')}` : ''
  throw new HttpError(`The arguments do not fit${where}: ${first?.message ?? 'invalid'}`, {
    status: 400,
    code: 'INVALID_ARGUMENT',
    details,
  })
}
