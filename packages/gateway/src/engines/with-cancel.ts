import { CancelRequested } from '../errors.ts'
import { cancelField, readCancelRequest, toCancelledText } from './cancel-request.ts'

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
) => Promise<TResult>

/** The options of {@link withCancel}. */
export interface WithCancelOptions {
  /** The interval at which active jobs look for a request, in milliseconds. Default 1,000. */
  pollMs?: number
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
 * third parameter is an `AbortSignal`: it aborts within `pollMs` and a round trip to Redis after a
 * request, with a `CancelRequested` as its reason, and when BullMQ's own signal does. If the processor then fails, the job fails as
 * `cancelled` or `cancelled: reason`, without another attempt; if it succeeds, it has succeeded. A
 * job whose cancel was asked before a worker took it does not run.
 *
 * The request is the field `headway:cancel` of the job's hash `prefix:queue:id` in Redis, as
 * `askToCancel()` writes it: `attempt:reason`, where `attempt` is the job's `attemptsMade`. This
 * only reads it, through the worker's own connection. It outlives workers and goes with its job; a
 * job that is retried after its end has another attempt, so the request is over. A retry with
 * `resetAttemptsMade` may count the attempts from the same number: delete the field before it.
 *
 * For processors that are functions, since the job of a sandboxed one has no connection.
 *
 * @example
 * new Worker('transcode', withCancel(async (job, token, signal) => {
 *   for (const frame of job.data.frames) {
 *     signal.throwIfAborted()
 *     await transcode(frame)
 *   }
 * }), { connection })
 */
export function withCancel<TJob extends CancellableJob, TResult>(
  processor: CancellableProcessor<TJob, TResult>,
  { pollMs = 1_000 }: WithCancelOptions = {},
): (job: TJob, token?: string, signal?: AbortSignal) => Promise<TResult> {
  const lookFor = createLookout(pollMs)
  return async (job, token, given) => {
    const redis = await clientOf(job)
    const key = `${job.queueQualifiedName}:${job.id}`
    const read = async (): Promise<string | null> =>
      readCancelRequest(await redis.hget(key, cancelField), job.attemptsMade)
    // No job fails because it could not be asked whether it shall.
    const early = await read().catch(() => null)
    if (early !== null) throw new JobCancelled(toCancelledText(early))

    const request = lookFor(read)
    try {
      const { signal } = request.controller
      return await processor(job, token, given ? AbortSignal.any([given, signal]) : signal)
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
function createLookout(pollMs: number): (read: () => Promise<string | null>) => Watched {
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
    void Promise.allSettled(looks).then(lookLater)
  }

  function lookLater(): void {
    isLooking = watched.size > 0
    if (isLooking) setTimeout(look, pollMs)
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

/** The part of BullMQ's client that a look needs. */
interface Client {
  hget(key: string, field: string): Promise<string | null>
}

/** [BullMQ] The worker's client is behind its queue, in version 6 behind the queue's backend. */
async function clientOf(job: object): Promise<Client> {
  const { queue } = job as {
    queue?: { client?: Promise<Client>; backend?: { client?: Promise<Client> } }
  }
  const client = await (queue?.backend?.client ?? queue?.client)
  if (typeof client?.hget === 'function') return client
  throw new TypeError(
    'withCancel() finds no Redis behind the job: give the worker a function, not the path of a file',
  )
}
