import { cancelField, cancelMark } from './cancel-mark.ts'

/** The part of a job of BullMQ that is used. */
interface CancellableJob {
  id?: string | undefined
  queueQualifiedName?: string
}

/** A processor of BullMQ. */
type Processor<TJob, TReturned> = (
  job: TJob,
  token?: string,
  signal?: AbortSignal,
) => Promise<TReturned> | TReturned

/** Reads one field of a hash, such as a client of `ioredis`, or `await queue.client`. */
export interface CancelReader {
  hget(key: string, field: string): Promise<string | null>
}

/** The options of `withCancel()`. */
export interface WithCancelOptions {
  /** A client of the queue's Redis: any one will do, also that of the worker. */
  redis: CancelReader | Promise<CancelReader>
  /** The interval at which a running job looks whether it is to stop, in milliseconds. Default 1,000. */
  everyMs?: number
}

/**
 * The error of a job that was asked to stop. BullMQ knows by its name that no attempt follows, in
 * every version.
 */
class JobStopped extends Error {
  override readonly name = 'UnrecoverableError'
}

/**
 * A processor of BullMQ that can be cancelled from a page: its third argument aborts when a user
 * cancels the job, wherever its worker runs. If it then throws, the job ends as cancelled, and is
 * not tried again; if it returns, the job has completed.
 *
 * @example
 * ```ts
 * new Worker('transcode', withCancel(transcode, { redis }), { connection })
 * ```
 */
export function withCancel<TJob extends CancellableJob, TReturned>(
  processor: (
    job: TJob,
    token: string | undefined,
    signal: AbortSignal,
  ) => Promise<TReturned> | TReturned,
  { redis, everyMs = 1_000 }: WithCancelOptions,
): Processor<TJob, TReturned> {
  return async (job, token, ownSignal) => {
    const controller = new AbortController()
    const signal = ownSignal ? AbortSignal.any([ownSignal, controller.signal]) : controller.signal
    let isLooking = false
    const look = async (): Promise<void> => {
      if (isLooking || job.id === undefined || !job.queueQualifiedName) return
      isLooking = true
      try {
        const reason = await (await redis).hget(`${job.queueQualifiedName}:${job.id}`, cancelField)
        if (reason !== null) controller.abort(new JobStopped(`${cancelMark}: ${reason}`))
      } catch {
        // Redis is away: BullMQ says so, and the next look may succeed.
      }
      isLooking = false
    }
    // One that was cancelled between two attempts need not begin.
    await look()
    const timer = setInterval(look, everyMs)
    try {
      controller.signal.throwIfAborted()
      return await processor(job, token, signal)
    } catch (error) {
      throw controller.signal.aborted ? controller.signal.reason : error
    } finally {
      clearInterval(timer)
    }
  }
}
