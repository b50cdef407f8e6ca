import type { JobSnapshot } from '@headway/core/protocol'
import { HttpError } from '../errors.ts'
import { toSnapshot } from '../runs/run-store.ts'
import { type HttpContext, isUuid } from './context.ts'

const maxReasonLength = 1_000

/** `GET /_api/jobs/{id}` */
export async function readJob({ store }: HttpContext, id: string): Promise<JobSnapshot> {
  if (!isUuid(id)) {
    throw new HttpError('The job id is no UUID', { status: 400, code: 'INVALID_JOB_ID' })
  }
  const [run] = await store.read([id])
  if (!run) throw new HttpError(`There is no job ${id}`, { status: 404, code: 'JOB_NOT_FOUND' })
  return toSnapshot(run)
}

/** `POST /_api/jobs/{id}/cancel`: asks, and answers the state after that. On a job that has ended it changes nothing. */
export async function cancelJob(
  context: HttpContext,
  id: string,
  body: Record<string, unknown>,
): Promise<JobSnapshot> {
  const reason = readReason(body)
  await readJob(context, id)
  const status = await context.recorder.cancel(id, reason)
  if (status === 'cancelled') {
    // Best effort: a worker that takes it all the same finds the run ended.
    context.engine.remove(id).catch((error: unknown) => {
      context.options.logger.warn({ err: error, runId: id }, 'a cancelled job stays in its queue')
    })
  }
  return readJob(context, id)
}

function readReason({ reason = null }: Record<string, unknown>): string | null {
  if (reason === null) return null
  if (typeof reason === 'string' && reason.length <= maxReasonLength) return reason
  throw new HttpError(`"reason" is no string of up to ${maxReasonLength} characters`, {
    status: 422,
    code: 'UNPROCESSABLE_ENTITY',
  })
}
