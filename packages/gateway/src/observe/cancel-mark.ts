/** The part of a client of `ioredis` that a request needs. */
export interface RedisEval {
  eval(script: string, keys: number, ...args: string[]): Promise<unknown>
}

/** A request to cancel a job of BullMQ. */
export interface JobToCancel {
  /** The prefix of the queue's keys. Default `bull`. */
  prefix?: string
  /** The queue's name. */
  queue: string
  /** The job's id in BullMQ. */
  id: string
  /** The reason, for those who look at the job. Default: none. */
  reason?: string
}

/**
 * The field of a job's hash that asks its worker to cancel it. Its value is `attempt:reason`, where
 * `attempt` is the job's `attemptsMade` at the time of the request: a job that is retried after its
 * end has a greater one, and runs.
 */
export const cancelField = 'headway:cancel'

/**
 * Asks for a cancel. KEYS: the job. ARGV: the field, and the reason. In one script, since a write
 * to a job that has just been removed would leave a hash that nobody owns.
 * [BullMQ, moveToFinished] `finishedOn` is there once a job has ended.
 */
export const cancelScript = `
local made = redis.call('HMGET', KEYS[1], 'timestamp', 'finishedOn', 'atm')
if not made[1] then return 'missing' end
if made[2] then return 'ended' end
redis.call('HSET', KEYS[1], ARGV[1], (made[3] or '0') .. ':' .. ARGV[2])
return 'asked'`

/**
 * Asks the worker of a job to cancel it, by {@link cancelField} in the hash `prefix:queue:id`. Only
 * a processor in `withCancel()` reads that. A job that waits is cancelled once a worker takes it:
 * to remove such a job at once is the caller's task.
 *
 * @returns `ended` for a job that has ended, `missing` for one that is not there
 */
export async function askToCancel(
  redis: RedisEval,
  { prefix = 'bull', queue, id, reason = '' }: JobToCancel,
): Promise<'asked' | 'ended' | 'missing'> {
  const answer = await redis.eval(cancelScript, 1, `${prefix}:${queue}:${id}`, cancelField, reason)
  return answer as 'asked' | 'ended' | 'missing'
}

/**
 * The reason of a request, as {@link cancelField} has it, which may be empty. `null` without one,
 * and for the request of an earlier run of the job.
 */
export function readCancelRequest(field: string | null, attemptsMade: number): string | null {
  const [, attempt, reason] = /^(\d+):(.*)$/s.exec(field ?? '') ?? []
  return reason !== undefined && Number(attempt) === attemptsMade ? reason : null
}

/** The beginning of the `failedReason` of a job that `withCancel()` has cancelled. */
export const cancelMark = 'Cancelled by request'

/** The `failedReason` of a job that `withCancel()` has cancelled. */
export function toCancelledText(reason: string): string {
  return reason === '' ? cancelMark : `${cancelMark}: ${reason}`
}
