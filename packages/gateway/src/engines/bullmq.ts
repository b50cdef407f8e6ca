import {
  assertSchemaCompatibility,
  createPostgresBackend,
  DelayedError,
  type Job,
  type JobState,
  LATEST_SCHEMA_VERSION,
  Queue,
  SchemaMigrationRequiredError,
  UnrecoverableError,
  Worker,
} from 'bullmq'
import pg, { type ClientBase } from 'pg'
import { atMost, longestTimerMs } from '../check.ts'
import { TablesOutdated } from '../errors.ts'
import { withoutOptions } from '../postgres/connection-string.ts'
import { connectionTimeoutMillis, idleTimeoutMillis, withoutClient } from '../postgres/pools.ts'
import { endWhenSilent } from '../postgres/silence.ts'
import { toData, toTask } from './bullmq-task.ts'
import { createYieldingBackend } from './bullmq-yielding.ts'
import type { Engine, TakenTask, TaskState, Verdict, WorkHandlers } from './engine.ts'

/** The options of BullMQ. */
export interface BullmqOptions {
  /** The queue's name. Give each app of a database one of its own. Default `headway`. */
  queue?: string
  /** The PostgreSQL schema of BullMQ's tables; it is created if missing. Default `bullmq`. */
  schema?: string
  /** The time that a silent worker keeps its job, in milliseconds. Default 30,000. */
  lockMs?: number
  /**
   * The interval at which workers look for jobs of silent workers, in milliseconds. Default 30,000.
   */
  stalledIntervalMs?: number
}

/**
 * The maximum wait for an answer on a connection, in milliseconds: no statement of BullMQ takes as
 * long.
 */
const silenceMs = 35_000

/**
 * After this many stalls BullMQ gives a job up: the most that its column can count. A job that
 * keeps its process busy also stalls, so we count lost workers in the row instead.
 */
const maxStalledCount = 2 ** 31 - 1

/**
 * The interval at which an idle worker looks for jobs, in seconds. New jobs and earlier due times
 * are notified, so this is for notifications that were lost.
 */
const drainDelay = 15

/** BullMQ's states of a job that has ended. */
const ended: ReadonlySet<string> = new Set(['completed', 'failed'])

/**
 * Runs jobs with BullMQ 6; the queue is in the same PostgreSQL. Needs the package `bullmq`. Throws
 * a `ConfigurationError` about a wrong option.
 */
export function bullmq(options: BullmqOptions = {}): Engine {
  const { queue = 'headway', schema = 'bullmq' } = options
  const lockMs = atMost('lockMs', options.lockMs ?? 30_000, longestTimerMs)
  const stalledIntervalMs = atMost(
    'stalledIntervalMs',
    options.stalledIntervalMs ?? 30_000,
    longestTimerMs,
  )
  return {
    name: 'bullmq',
    queue: `${schema}.${queue}`,
    async connect(database, logger, { migrate } = { migrate: true }) {
      if (!migrate) await checkTables(database, schema)
      const connection = {
        connectionString: withoutOptions(database),
        idleTimeoutMillis,
        schema,
        migrate,
        onConnect: (client: ClientBase) => {
          endWhenSilent(client, silenceMs)
          // BullMQ would send this as a start-up parameter, which poolers refuse.
          return client.query(`set search_path to ${client.escapeIdentifier(schema)}`)
        },
      }
      const warn = (error: Error): void => logger.warn({ err: withoutClient(error) }, 'bullmq')
      const producer = new Queue(queue, { connection }, createPostgresBackend)
      producer.on('error', warn)
      await producer.waitUntilReady()
      return {
        async enqueue({ id, runId, name, args, attempts, backoff, priority, delayMs }) {
          await producer.add(name, toData({ runId, args }), {
            jobId: id,
            attempts,
            backoff: { type: backoff.type, delay: backoff.delayMs },
            priority,
            delay: delayMs,
            removeOnComplete: { age: 3_600, count: 1_000 },
            removeOnFail: { age: 86_400, count: 1_000 },
          })
        },
        async remove(taskId) {
          await producer.remove(taskId)
        },
        async ping() {
          await producer.isPaused()
        },
        async statesOf(taskIds) {
          const states = taskIds.map((taskId) => producer.getJobState(taskId))
          return (await Promise.all(states)).map(toState)
        },
        async work({ concurrency }, handlers) {
          const backend = createYieldingBackend()
          const execute = async (task: TakenTask): Promise<Verdict> => {
            const verdict = await handlers.execute(task)
            if (verdict.type === 'postponed') backend.hasPutBack(verdict.delayMs)
            return verdict
          }
          const worker = new Worker(
            queue,
            (job, token) => process(job, token, execute, warn),
            {
              connection,
              concurrency,
              drainDelay,
              lockDuration: lockMs,
              stalledInterval: stalledIntervalMs,
              maxStalledCount,
            },
            backend.create,
          )
          worker.on('error', warn)
          worker.on('failed', (job, error) => {
            // BullMQ also emits this for attempts that our wrapper has recorded: those need nothing
            // more.
            const isGivenUp = job !== undefined && job.finishedOn !== undefined
            const task = isGivenUp ? toTask(job) : null
            if (task) handlers.abandoned(task, error).catch(warn)
          })
          await worker.waitUntilReady()
          return {
            close: async ({ force = false } = {}) => {
              await worker.close(force)
            },
          }
        },
        close: () => producer.close(),
      }
    },
  }
}

/** Throws when its tables are missing or old. BullMQ itself accepts old ones. */
async function checkTables(database: string, schema: string): Promise<void> {
  const client = new pg.Client({ connectionString: database, connectionTimeoutMillis })
  client.on('error', () => undefined)
  await client.connect()
  try {
    const version = await assertSchemaCompatibility(client, schema).catch((error: unknown) => {
      if (error instanceof SchemaMigrationRequiredError) return 0
      throw error
    })
    if (version >= LATEST_SCHEMA_VERSION) return
    throw new TablesOutdated(
      `The schema "${schema}" is at version ${version}, this BullMQ needs ${LATEST_SCHEMA_VERSION}`,
    )
  } finally {
    await client.end()
  }
}

async function process(
  job: Job,
  token: string | undefined,
  execute: WorkHandlers['execute'],
  warn: (error: Error) => void,
): Promise<null> {
  const task = toTask(job)
  if (!task) {
    const error = new UnrecoverableError(notOurs(job))
    warn(error)
    throw error
  }
  const verdict = await execute(task)
  if (verdict.type === 'postponed') {
    // If that fails, the job stays here until its lock has run out. Neither counts as an attempt.
    await job.moveToDelayed(Date.now() + verdict.delayMs, token).catch(warn)
    throw new DelayedError()
  }
  if (verdict.type === 'failed') {
    throw verdict.isFinal ? new UnrecoverableError(verdict.error.message) : verdict.error
  }
  // The output is in `headway.run`; BullMQ needs no copy.
  return null
}

function toState(state: JobState | 'unknown'): TaskState {
  if (state === 'unknown' || state === 'active') return state
  return ended.has(state) ? 'ended' : 'waiting'
}

const notOurs = ({ id, name, queueName }: Job): string =>
  `The job ${id} (${name}) in the queue ${queueName} is not a job of Headway: ` +
  'give the program that added it a queue of its own'
