import { CancelRequested } from '../errors.ts'
import { cancelField, readCancelRequest, toCancelledText } from './cancel-mark.ts'

/** The parts of BullMQ's `Job` that a cancel needs: those of version 5 as of 6. */
export interface CancellableJob {
  id?: string | undefined
  attemptsMade: number
  /** `prefix:queue`. */
  queueQualifiedName: string
}

/** A processor of BullMQ that may be cancelled. */
export type CancellableProcessor<TJob extends CancellableJob, TResult> = (
  job: TJob,
  token: string | undefined,
  signal: AbortSignal,
) => Promise<TResult> | TResult

/** The part of a client of Redis that a look needs: that of `ioredis`, or of BullMQ. */
export interface CancelReader {
  hget(key: string, field: string): Promise<string | null>
}

/** The options of {@link withCancel}. */
export interface WithCancelOptions {
  /** A client of the queue's Redis. Default: the one that the worker has. */
  redis?: CancelReader | Promise<CancelReader>
  /** The interval at which active jobs look for a request, in milliseconds. Default 1,000. */
  everyMs?: number
}

/** Ends a job of BullMQ without another attempt. */
class JobCancelled extends Error {
  // [BullMQ, Job.moveToFailed] The name counts, so this file needs no BullMQ.
  override name = 'UnrecoverableError'
}

/** [BullMQ, Worker.handleFailed] By these errors a processor moves its job itself. */
const moves = ['DelayedError', 'WaitingError', 'WaitingChildrenError', 'RateLimitError']

/**
 * A processor of BullMQ whose jobs can be cancelled from a page, whatever process runs them. Its
 * third parameter is an `AbortSignal`. It aborts when BullMQ's own signal does and, with a
 * `CancelRequested` as its reason, within `everyMs` and a round trip to Redis after a request. If
 * the processor then fails, the job fails without another attempt, with the reason `Cancelled by
 * request`; if it succeeds, it has succeeded. A job does not run if its cancel was asked before.
 *
 * The request is the field `headway:cancel` of the job's hash `prefix:queue:id` in Redis, as
 * `askToCancel()` writes it: `attempt:reason`, where `attempt` is the job's `attemptsMade`. This
 * only reads it. It outlives workers, and goes with its job. A job that is retried after its end
 * has another attempt, so the request is over; a retry with `resetAttemptsMade` may count from the
 * same number again: delete the field before it.
 *
 * For processors that are functions: the job of a sandboxed one has no connection.
 *
 * @example
 * ```ts
 * const processor = withCancel(async (job: Job<Film>, token, signal) => {
 *   for (const frame of job.data.frames) {
 *     signal.throwIfAborted()
 *     await transcode(frame)
 *   }
 * })
 * new Worker('transcode', processor, { connection })
 * ```
 */
export function withCancel<TJob extends CancellableJob, TResult>(
  processor: CancellableProcessor<TJob, TResult>,
  { redis: given, everyMs = 1_000 }: WithCancelOptions = {},
): (job: TJob, token?: string, signal?: AbortSignal) => Promise<TResult> {
  const lookFor = createLookout(everyMs)
  return async (job, token, ownSignal) => {
    const redis = await (given ?? clientOf(job))
    const key = `${job.queueQualifiedName}:${job.id}`
    const read = async (): Promise<string | null> =>
      readCancelRequest(await redis.hget(key, cancelField), job.attemptsMade)
    // No job fails because it could not be asked whether it shall.
    const early = await read().catch(() => null)
    if (early !== null) throw new JobCancelled(toCancelledText(early))

    const request = lookFor(read)
    try {
      const { signal } = request.controller
      return await processor(job, token, ownSignal ? AbortSignal.any([ownSignal, signal]) : signal)
    } catch (error) {
      if (error instanceof Error && moves.includes(error.name)) throw error
      // Asked since the last look: BullMQ would try the job again.
      const reason = request.reason ?? (await read().catch(() => null))
      if (reason === null) throw error
      throw new JobCancelled(toCancelledText(reason), { cause: error })
    } finally {
      request.forget()
    }
  }
}

/** A job that runs. */
interface Watched {
  controller: AbortController
  /** The reason of the request, once there is one. */
  reason: string | null
  forget(): void
}

/** Looks for the requests of all jobs that run, together, at an interval. */
function createLookout(everyMs: number): (read: () => Promise<string | null>) => Watched {
  const watched = new Map<Watched, () => Promise<string | null>>()
  let isLooking = false

  function look(): void {
    const looks = [...watched].map(async ([job, read]) => {
      const reason = await read()
      if (reason === null || job.reason !== null) return
      job.reason = reason
      job.controller.abort(new CancelRequested(reason))
    })
    // A look that failed is repeated: Redis may be away for a while.
    Promise.allSettled(looks)
      .then(lookLater)
      .catch(() => undefined)
  }

  function lookLater(): void {
    isLooking = watched.size > 0
    if (isLooking) setTimeout(look, everyMs)
  }

  return (read) => {
    const job: Watched = {
      controller: new AbortController(),
      reason: null,
      forget: () => void watched.delete(job),
    }
    watched.set(job, read)
    if (!isLooking) lookLater()
    return job
  }
}

/** [BullMQ] The worker's client is behind its queue, in version 6 behind the queue's backend. */
async function clientOf(job: object): Promise<CancelReader> {
  const { queue } = job as { queue?: { client?: Promise<CancelReader>; backend?: BehindQueue } }
  const client = await (queue?.backend?.client ?? queue?.client)
  if (typeof client?.hget === 'function') return client
  throw new TypeError(
    'withCancel() finds no Redis behind the job: give the worker a function, not the path of a file',
  )
}

interface BehindQueue {
  client?: Promise<CancelReader>
}
