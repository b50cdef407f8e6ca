import { createPostgresBackend, Queue } from 'bullmq'
import { Redis } from 'ioredis'
import { bullmq } from '../../src/bullmq.ts'
import type { Engine } from '../../src/engines/engine.ts'
import { query } from './database.ts'

/** Set where these tests run BullMQ on Redis. */
const url = process.env.TEST_REDIS

/** BullMQ on the database that this run of the tests is about; a test database has its own queue. */
export function testEngine(
  database: string,
  options: { queue?: string; lockMs?: number; stalledIntervalMs?: number } = {},
): Engine {
  return url
    ? bullmq({ ...options, connection: { url }, prefix: prefixOf(database) })
    : bullmq(options)
}

/** What BullMQ has of a job. */
export interface Task {
  state: string
  /** How many attempts have failed or completed. */
  made: number
  /** How often it was taken. */
  started: number
  reason: string | null
}

/** BullMQ's own view of the queue of {@link testEngine}. */
export async function onQueue<T>(database: string, use: (queue: Queue) => Promise<T>): Promise<T> {
  const queue = url
    ? new Queue('headway', { connection: { url }, prefix: prefixOf(database) })
    : (new Queue(
        'headway',
        { connection: { connectionString: database, schema: 'bullmq' } },
        createPostgresBackend,
      ) as unknown as Queue)
  try {
    return await use(queue)
  } finally {
    await queue.close()
  }
}

/** The job of an id, as the queue has it. */
export function taskOf(database: string, id: string | undefined): Promise<Task | undefined> {
  return onQueue(database, async (queue) => {
    const job = await queue.getJob(String(id))
    if (!job) return undefined
    const { attemptsMade, attemptsStarted, failedReason = null } = job
    return {
      state: await job.getState(),
      made: attemptsMade,
      started: attemptsStarted,
      reason: failedReason,
    }
  })
}

/** What BullMQ writes once a job has lost more workers than it may: its next attempt fails. */
export async function giveUp(database: string, id: string, reason: string): Promise<void> {
  if (url) {
    const redis = new Redis(url)
    await redis.hset(`${prefixOf(database)}:headway:${id}`, { defa: reason })
    redis.disconnect()
    return
  }
  const text = 'update bullmq.job set deferred_failure = $1 where id = $2'
  await query(database, text, [reason, id])
}

const prefixOf = (database: string): string => `{${new URL(database).pathname.slice(1)}}`
