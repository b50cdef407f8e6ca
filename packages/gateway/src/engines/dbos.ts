import { DBOS, type DBOSConfig } from '@dbos-inc/dbos-sdk'
import type pg from 'pg'
import type { Logger } from 'pino'
import { whole } from '../check.ts'
import { describeError } from '../describe-error.ts'
import { ConfigurationError, TablesOutdated } from '../errors.ts'
import { openPool } from '../postgres/pools.ts'
import { forgetLogs } from './dbos-forget.ts'
import { createDbosLog, findWriter } from './dbos-log.ts'
import { type DbosPolling, findPolling, pollingIntervalMs } from './dbos-polling.ts'
import {
  LogLost,
  type StepLog,
  type WorkflowEngine,
  type WorkflowRuntime,
} from './workflow-engine.ts'

/** The options of DBOS. */
export interface DbosOptions {
  /** The PostgreSQL schema DBOS keeps its tables in, made when it is missing. Default `dbos`. */
  schema?: string
  /** The maximum number of connections in each worker. Default 10. */
  poolSize?: number
}

/** The workflows that run now, by log id: DBOS starts them by name and serializes its arguments. */
const bodies = new Map<string, () => Promise<void>>()

/** The one workflow DBOS knows of: it can only learn of any before it is launched. */
let execute: ((logId: string) => Promise<void>) | null = null

/** The connections of the DBOS that a worker has launched: there is one per process. */
let launched: pg.Pool | null = null

/**
 * Makes workflows durable with DBOS Transact; its tables are in the same PostgreSQL. Needs the
 * package `@dbos-inc/dbos-sdk`. A process has one DBOS: a second worker in it, or an application
 * that has launched DBOS itself, gets a `ConfigurationError`. Gateways do not launch it.
 */
export function dbos({ schema = 'dbos', poolSize = 10 }: DbosOptions = {}): WorkflowEngine {
  whole('poolSize', poolSize)
  return {
    name: 'dbos',
    async start(database, executorId, logger, { migrate } = { migrate: true }) {
      if (launched) {
        throw new ConfigurationError(
          'A worker of this process already runs workflows, and a process can have one DBOS: ' +
            'start this worker in a process of its own, or without workflows',
        )
      }
      if (DBOS.isInitialized()) {
        throw new ConfigurationError(
          'This process has already launched DBOS, and a process can have one: ' +
            'start the worker in a process of its own',
        )
      }
      // Our pool, not one of DBOS: its own ends the process when a connection is lost while it is
      // handed over.
      const pool = openPool(database, logger, { max: poolSize, isPooled: false })
      launched = pool
      const polling = await findPolling(logger)
      try {
        polling.slow()
        if (!migrate) await checkTables(database, schema, pool, toLogger(logger))
        await launch(
          {
            name: 'headway',
            systemDatabaseUrl: database,
            systemDatabaseSchemaName: schema,
            systemDatabasePool: pool,
            // Every start has its own id, so that DBOS recovers nothing: it would take live
            // workflows for dead ones.
            executorID: executorId,
            applicationVersion: 'headway',
            listenQueues: [],
            schedulerPollingIntervalMs: pollingIntervalMs,
            runMigrations: migrate,
            logger: toLogger(logger),
          },
          logger,
        )
      } catch (error) {
        launched = null
        polling.restore()
        pool.end().catch(() => undefined)
        throw isOutdated(error) ? new TablesOutdated(outdated(schema), { cause: error }) : error
      }
      polling.stop()
      return createRuntime(createDbosLog(logger, await findWriter()), polling)
    },
    forget: (database, logIds) => forgetLogs(database, schema, logIds),
  }
}

/**
 * The longest wait of DBOS before it tries a database again, in seconds. Its own limit is a minute,
 * plus up to half a minute at random: workflows would stand still for that long after the database
 * is back.
 */
const maxBackoffSec = 4

async function limitBackoff(logger: Logger): Promise<void> {
  try {
    const { dbRetryConfig } = await import('@dbos-inc/dbos-sdk/internal/utils')
    dbRetryConfig.maxBackoffSec = maxBackoffSec
  } catch (error) {
    const text =
      'this DBOS has no limit for its waits: workflows may resume 90 s after the database'
    logger.warn({ err: error }, text)
  }
}

async function launch(config: DBOSConfig, logger: Logger): Promise<void> {
  if (!execute) {
    const body = async (logId: string): Promise<void> => {
      const body = bodies.get(logId)
      if (!body)
        throw new LogLost(
          `${logId} is not executed in this process: only its worker can execute it`,
        )
      await body()
    }
    execute = DBOS.registerWorkflow(body, { name: 'headway' })
  }
  await limitBackoff(logger)
  DBOS.setConfig(config)
  await DBOS.launch()
}

/**
 * Rejects when its tables are too old. A failed launch leaves timers behind, so its first check is
 * made here. The check is in an internal entry point of DBOS that may change: if it is missing, the
 * launch itself fails.
 */
async function checkTables(
  database: string,
  schema: string,
  pool: pg.Pool,
  logger: ReturnType<typeof toLogger>,
): Promise<void> {
  const internal = await import('@dbos-inc/dbos-sdk/internal/system_database').catch(() => null)
  await internal?.verifySystemDatabase?.(database, logger as never, pool, schema)
}

/** DBOS has one class for all start failures; its message names the version of old tables. */
function isOutdated(error: unknown): boolean {
  return error instanceof Error && /is at schema version \d+, but this version/.test(error.message)
}

const outdated = (schema: string): string =>
  `The schema "${schema}" is missing, or older than this DBOS needs`

const createRuntime = (log: StepLog, polling: DbosPolling): WorkflowRuntime => ({
  async run(logId, body) {
    if (!execute) throw new LogLost('DBOS is not launched')
    let failure: { error: unknown } | null = null
    bodies.set(logId, async () => {
      try {
        await body(log)
      } catch (error) {
        failure = { error }
        throw error
      }
    })
    try {
      const handle = await DBOS.startWorkflow(execute, { workflowID: logId })(logId)
      await handle.getResult()
    } catch (error) {
      throw (
        (failure as { error: unknown } | null)?.error ??
        new LogLost(describeError(error), { cause: error })
      )
    } finally {
      bodies.delete(logId)
    }
  },
  async read(logId) {
    const steps = (await DBOS.listWorkflowSteps(logId)) ?? []
    // A step that threw was interrupted and is not done.
    return new Map(steps.filter(({ error }) => !error).map(({ name, output }) => [name, output]))
  },
  seal: (logId) => DBOS.cancelWorkflow(logId),
  async close() {
    await DBOS.shutdown()
    polling.restore()
    await launched?.end()
    launched = null
  },
})

/** Its chatter is for debugging; its warnings are ours. */
function toLogger(logger: Logger) {
  return {
    info: (entry: unknown) => logger.debug(describeError(entry)),
    debug: (entry: unknown) => logger.trace(describeError(entry)),
    warn: (entry: unknown) => logger.warn(describeError(entry)),
    error: (entry: unknown) => logger.warn({ err: entry }, 'dbos'),
  }
}
