import { randomUUID } from 'node:crypto'
import type { JobSnapshot } from '@headway/core/protocol'
import { HttpError } from '../errors.ts'
import { toSnapshot } from '../runs/run-store.ts'
import { type HttpContext, isUuid } from './context.ts'
import { jobNotFound } from './register.ts'
import { handOver } from './rpc.ts'

const maxReasonLength = 1_000

/** `GET /_api/jobs/{id}` */
export async function readJob({ store }: HttpContext, id: string): Promise<JobSnapshot> {
  if (!isUuid(id)) {
    throw new HttpError('The job id is no UUID', { status: 400, code: 'INVALID_JOB_ID' })
  }
  const [run] = await store.read([id])
  if (!run) throw jobNotFound(id)
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
  const cancelled = await context.recorder.cancel(id, reason)
  if (cancelled?.status === 'cancelled') {
    // Best effort: a worker that takes it all the same finds the run ended.
    context.engine.remove(cancelled.engineId).catch((error: unknown) => {
      context.options.logger.warn({ err: error, runId: id }, 'a cancelled job stays in its queue')
    })
  }
  return readJob(context, id)
}

/**
 * `POST /_api/jobs/{id}/retry`: what failed or was cancelled waits for a worker again, under its id. On a
 * job that waits or runs it changes nothing, since that is what was asked for.
 */
export async function retryJob(context: HttpContext, id: string): Promise<JobSnapshot> {
  const { status } = await readJob(context, id)
  if (status === 'completed') {
    throw new HttpError('The job has completed: start another one', {
      status: 409,
      code: 'CONFLICT',
    })
  }
  const engineId = randomUUID()
  const retried = await context.recorder.retry(id, engineId)
  if (retried) await handOver(context, { id: engineId, runId: id, ...retried })
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
