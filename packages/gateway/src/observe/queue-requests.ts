import { type ConnectionOptions, type JobsOptions, Queue } from 'bullmq'
import type { Logger } from 'pino'
import { createWarn, failingFast } from '../engines/bullmq-redis.ts'
import { mostPlaces, toPositions } from '../engines/positions-script.ts'
import { cancelField } from './cancel-mark.ts'
import type { RedisClient } from './redis-client.ts'

/** The requests to queues that other programs work on. */
export interface QueueRequests {
  /** Takes a job off its queue, or asks its worker to stop. */
  stop(queue: string, jobId: string, reason: string): Promise<'removed' | 'asked' | 'gone'>
  /** Lets a failed job wait again; `false`: its queue does not keep it, or not as failed. */
  retry(queue: string, jobId: string): Promise<boolean>
  /** Adds a job, unless there is one of this id. */
  add(queue: string, name: string, data: unknown, options: JobsOptions): Promise<void>
  /** The places of jobs that wait. */
  positions(queue: string, jobIds: readonly string[]): Promise<ReadonlyMap<string, number>>
  close(): Promise<void>
}

/** Requests by BullMQ's own commands. */
export function createQueueRequests(
  connection: ConnectionOptions,
  prefix: string,
  redis: RedisClient,
  logger: Logger,
): QueueRequests {
  const queues = new Map<string, Queue>()
  const open = (name: string): Queue => {
    const known = queues.get(name)
    if (known) return known
    // What a queue keeps about itself is its owner's.
    const options = { connection: failingFast(connection), prefix, skipMetasUpdate: true }
    const queue = new Queue(name, options)
    queue.on('error', createWarn(logger))
    queues.set(name, queue)
    return queue
  }
  const keyOf = (queue: string, jobId: string): string => `${prefix}:${queue}:${jobId}`
  return {
    async stop(queue, jobId, reason) {
      const job = await open(queue).getJob(jobId)
      if (!job) return 'gone'
      const isRemoved = await job.remove().then(
        () => true,
        // It runs, one of its children does, or a schedule owns it.
        () => false,
      )
      if (isRemoved) return 'removed'
      await redis.run('mark', [keyOf(queue, jobId)], [cancelField, reason])
      return 'asked'
    },
    async retry(queue, jobId) {
      const job = await open(queue).getJob(jobId)
      if (!job || !(await job.isFailed())) return false
      await redis.run('call', [keyOf(queue, jobId)], ['HDEL', cancelField])
      await job.retry('failed')
      return true
    },
    async add(queue, name, data, options) {
      await open(queue).add(name, data, options)
    },
    async positions(queue, jobIds) {
      const keys = ['wait', 'paused', 'prioritized'].map((part) => keyOf(queue, part))
      return toPositions(jobIds, await redis.run('positions', keys, [mostPlaces, ...jobIds]))
    },
    async close() {
      await Promise.all([...queues.values()].map((queue) => queue.close()))
    },
  }
}
