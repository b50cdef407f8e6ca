import { runIdOf } from '@headway/core/queues'
import type { StandardSchemaV1 } from '@standard-schema/spec'
import type { CallRules } from '../access/call-rules.ts'
import { ConfigurationError } from '../errors.ts'
import { type Backoff, job, type ServerJob } from './job.ts'

/** The options of `queueJob()`. */
export interface QueueJobOptions<TInput, TArgs, TOutput> extends CallRules {
  /** The queue that it is added to: one that the gateway observes. */
  queue: string
  /** The prefix of the queue's keys. Default `bull`. */
  prefix?: string
  /** The name that it is added under. Default: the one that clients start it under. */
  name?: string
  /** Any Standard Schema for the arguments, which become the data of the job. */
  input?: StandardSchemaV1<TInput, TArgs>
  /**
   * Any Standard Schema: the type of the result for clients. The worker's result is not checked.
   */
  output?: StandardSchemaV1<unknown, TOutput>
  /** Options that it is added with. */
  options?: {
    attempts?: number
    backoff?: Backoff
    priority?: number
    delayMs?: number
    /** As BullMQ takes them. */
    removeOnComplete?: boolean | number | { age?: number; count?: number }
    removeOnFail?: boolean | number | { age?: number; count?: number }
  }
}

/**
 * Defines a job that is added to a queue whose workers are another program. It belongs to the
 * caller, and is shown like any job of an observed queue. Throws a {@link ConfigurationError} about
 * a wrong option.
 *
 * @example
 * ```ts
 * createGateway({
 *   database,
 *   observe: bullmqQueues({ connection, queues: ['transcode'] }),
 *   jobs: { transcode: queueJob({ queue: 'transcode', input: z.object({ url: z.url() }) }) },
 * })
 * ```
 */
export function queueJob<TInput = unknown, TArgs = TInput, TOutput = unknown>({
  queue,
  prefix = 'bull',
  name,
  options: { removeOnComplete, removeOnFail, ...options } = {},
  ...rest
}: QueueJobOptions<TInput, TArgs, TOutput>): ServerJob<TArgs, TOutput, TInput, TOutput> {
  if (typeof queue !== 'string' || queue === '') {
    throw new ConfigurationError(`queue is ${queue}: give the name of the queue to add jobs to`)
  }
  const defined = job<TArgs, TOutput, TInput, TOutput>({
    ...(rest as CallRules),
    ...(rest.input && { input: rest.input }),
    ...options,
    run: () => {
      throw new Error('A job of another program is not run here')
    },
  })
  const added = {
    ...(removeOnComplete !== undefined && { removeOnComplete }),
    ...(removeOnFail !== undefined && { removeOnFail }),
  }
  return { ...defined, queue: { prefix, name: queue, jobName: name ?? null, options: added } }
}

/** A run's own id, its queue and the id of its job there, for one that starts with this id. */
export function placeOf(
  { queue }: Pick<ServerJob<unknown, unknown>, 'queue'>,
  id: string,
  engine: { name: string; queue: string },
): { id: string; engine: string; queue: string; engineId: string } {
  if (!queue) return { id, engine: engine.name, queue: engine.queue, engineId: id }
  const { prefix, name } = queue
  const runId = runIdOf({ prefix, queue: name, id })
  return { id: runId, engine: 'observed', queue: `${prefix}:${name}`, engineId: id }
}
