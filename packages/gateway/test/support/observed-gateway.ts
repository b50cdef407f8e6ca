import { runIdOf } from '@headway/core/queues'
import type { Job, JobsOptions, Processor, Queue, Worker, WorkerOptions } from 'bullmq'
import * as six from 'bullmq'
import * as five from 'bullmq-5'
import { afterAll, afterEach, beforeAll } from 'vitest'
import { type BullmqQueuesOptions, bullmqQueues } from '../../src/bullmq.ts'
import { createGateway } from '../../src/index.ts'
import type { GatewayOptions } from '../../src/options/gateway-options.ts'
import { createTeardown } from '../../src/teardown.ts'
import { createDatabase, query } from './database.ts'
import { quiet } from './quiet.ts'
import { startRedis, type TestRedis } from './redis.ts'

/* A test file that imports this gets the parts below, set up before its tests and closed after. */

export let database: string
export let redis: TestRedis
const teardown = createTeardown()
let afterOne = createTeardown()

beforeAll(async () => {
  database = await createDatabase()
  redis = await startRedis()
  teardown.defer(redis.stop)
})
afterEach(async () => {
  await afterOne.run()
  afterOne = createTeardown()
})
afterAll(teardown.run)

/** The versions of BullMQ that other programs may use. */
export const versions = [
  ['BullMQ 5', five as unknown as typeof six],
  ['BullMQ 6', six],
] as const

export type BullMq = typeof six

/** A gateway that observes; ends after the test. */
export async function observe(
  options: Partial<BullmqQueuesOptions>,
  more: Partial<GatewayOptions> = {},
): Promise<{ url: string; close(): Promise<void> }> {
  const gateway = await createGateway({
    database,
    logger: quiet,
    maskErrors: false,
    observe: bullmqQueues({
      connection: { url: redis.url },
      queues: '*',
      public: true,
      ...options,
    }),
    ...more,
  })
  afterOne.defer(gateway.close)
  return { url: (await gateway.listen(0)).url, close: gateway.close }
}

/** Another program's queue, and its workers. */
export interface TheirQueue {
  queue: Queue
  add(name: string, data?: unknown, options?: JobsOptions): Promise<string>
  work(run: Processor, options?: Partial<WorkerOptions>): Worker
  runId(id: string): string
  /** The row of a job's run. */
  row(id: string): Promise<Record<string, unknown> | undefined>
}

export function theirs({ Queue, Worker }: BullMq, name: string, prefix = 'bull'): TheirQueue {
  const connection = { url: redis.url, maxRetriesPerRequest: null }
  const queue = new Queue(name, { connection, prefix })
  queue.on('error', () => undefined)
  afterOne.defer(() => queue.close())
  const runId = (id: string): string => runIdOf({ prefix, queue: name, id })
  return {
    queue,
    add: async (jobName, data = {}, options = {}) =>
      String(((await queue.add(jobName, data, options)) as Job).id),
    work(run, options = {}) {
      const worker = new Worker(name, run, { connection, prefix, drainDelay: 1, ...options })
      worker.on('error', () => undefined)
      afterOne.defer(() => worker.close(true))
      return worker
    },
    runId,
    row: async (id) =>
      (
        await query(
          database,
          'select status, progress, message, output, error, attempt, name, owner, readers from headway.run where id = $1',
          [runId(id)],
        )
      )[0],
  }
}
