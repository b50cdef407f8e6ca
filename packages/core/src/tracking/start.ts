import type { JobDefinition } from '../definitions.ts'
import { HeadwayError, ProtocolError, RpcError } from '../errors.ts'
import { isRecord } from '../protocol/json.ts'
import { parseJobSnapshot } from '../protocol/snapshots.ts'
import { call } from '../rpc/call.ts'
import { type RequestOptions, request } from '../rpc/request.ts'
import { followJob, reduceJob } from '../state/job-state.ts'
import { createHandle, type JobHandle } from './handle.ts'
import type { Registry } from './registry.ts'

/** What tracking needs of a client. */
export interface Tracking {
  options: RequestOptions
  registry: Registry
}

/** Starts a job, once, and follows it. A start that fails shows in the view; it rejects nothing but `result` and `cancel()`. */
export function startJob<TArgs, TOutput>(
  { options, registry }: Tracking,
  definition: JobDefinition<TArgs, TOutput>,
  args: TArgs,
): JobHandle<TOutput> {
  const starting = reduceJob<TOutput>(followJob(''), { type: 'started' })
  const created = call(options, definition.name, args).then(parseJobId)
  const control = createHandle({
    registry,
    first: starting.view,
    isHeld: true,
    cancel: async (reason) => cancelJob({ options, registry }, await created, reason),
  })
  created.then(control.follow, (error: unknown) => {
    control.show(reduceJob(starting, { type: 'startFailed', error: toHeadwayError(error) }).view)
  })
  return control.handle
}

/** Follows a job that somebody started; without an id, nothing: it shows an idle job. */
export function attachJob<TArgs, TOutput>(
  tracking: Tracking,
  _definition: JobDefinition<TArgs, TOutput>,
  jobId: string | undefined,
): JobHandle<TOutput> {
  const { handle } = createHandle<TOutput>({
    registry: tracking.registry,
    first: followJob(jobId ?? '').view,
    isHeld: false,
    cancel: async (reason) => {
      if (jobId) await cancelJob(tracking, jobId, reason)
    },
  })
  return handle
}

async function cancelJob(
  { options, registry }: Tracking,
  jobId: string,
  reason: string | undefined,
): Promise<void> {
  const path = `/jobs/${encodeURIComponent(jobId)}/cancel`
  const body = reason === undefined ? {} : { reason }
  const snapshot = parseJobSnapshot(await request(options, { method: 'POST', path, body }))
  if (!(snapshot instanceof Error)) registry.dispatch(jobId, { type: 'updated', snapshot })
}

function parseJobId(data: unknown): string {
  if (isRecord(data) && typeof data.job_id === 'string' && data.job_id !== '') return data.job_id
  const answer = JSON.stringify(data)
  throw new ProtocolError(`The start answered no job_id but ${answer}: is it the name of a job?`)
}

function toHeadwayError(error: unknown): HeadwayError {
  if (error instanceof HeadwayError) return error
  const fields = { code: 'UNKNOWN', status: null, retryAfterMs: null, details: null }
  return new RpcError(error instanceof Error ? error.message : String(error), fields, {
    cause: error,
  })
}
