import { DBOS, type DBOSConfig } from '@dbos-inc/dbos-sdk'
import type pg from 'pg'
import type { Logger } from 'pino'
import { whole } from '../check.ts'
import { ConfigurationError, TablesOutdated } from '../errors.ts'
import { openPool } from '../postgres/pools.ts'
import {
  LogLost,
  type StepLog,
  type WorkflowEngine,
  type WorkflowRuntime,
} from './workflow-engine.ts'

/** How DBOS is used. */
export interface DbosOptions {
  /** The PostgreSQL schema DBOS keeps its tables in, made when it is missing. Default `dbos`. */
  schema?: string
  /** How many connections it may have in each worker. Default 10. */
  poolSize?: number
}

/** What is executed now, by log id: DBOS starts by name, with what can be written down. */
const bodies = new Map<string, () => Promise<void>>()

/** The one workflow DBOS knows of: it can only learn of any before it is launched. */
let execute: ((logId: string) => Promise<void>) | null = null

/** The connections of the DBOS that a worker of this process has launched: it is one per process. */
let launched: pg.Pool | null = null

/**
 * Workflows made durable by DBOS Transact, its tables in the same PostgreSQL. Needs the package
 * `@dbos-inc/dbos-sdk`, which there is one of in a process: a second worker in it, or an application that
 * has launched DBOS itself, is a `ConfigurationError`. Gateways do without.
 */
export function dbos({ schema = 'dbos', poolSize = 10 }: DbosOptions = {}): WorkflowEngine {
  whole('poolSize', poolSize)
  return {
    name: 'dbos',
    async start(database, executorId, logger, { migrate } = { migrate: true }) {
      if (launched) {
        throw new ConfigurationError(
          'A worker of this process runs workflows already, and DBOS is one per process: start this one in a process of its own, or without workflows',
        )
      }
      if (DBOS.isInitialized()) {
        throw new ConfigurationError(
          'This process has launched DBOS already, and it is one per process: start the worker in a process of its own',
        )
      }
      const pool = openSystemPool(database, poolSize, logger)
      launched = pool
      try {
        if (!migrate) await checkTables(database, schema, pool, toLogger(logger))
        await launch({
          name: 'headway',
          systemDatabaseUrl: database,
          systemDatabaseSchemaName: schema,
          systemDatabasePool: pool,
          // Nothing is recovered by DBOS, which would take live workflows for dead ones: every start has its own id.
          executorID: executorId,
          applicationVersion: 'headway',
          listenQueues: [],
          runMigrations: migrate,
          logger: toLogger(logger),
        })
      } catch (error) {
        launched = null
        void pool.end()
        throw isOutdated(error) ? new TablesOutdated(outdated(schema), { cause: error }) : error
      }
      return runtime
    },
  }
}

/** Ours, not one of its own: those end the process when a connection is lost while it is handed over. */
function openSystemPool(database: string, max: number, logger: Logger): pg.Pool {
  return openPool(database, logger, {
    max,
    // As DBOS does with its own. The pool waits for it before it lends the connection.
    onConnect: (client) => client.query('set idle_in_transaction_session_timeout = 60000'),
  })
}

async function launch(config: DBOSConfig): Promise<void> {
  if (!execute) {
    const body = async (logId: string): Promise<void> => {
      const body = bodies.get(logId)
      if (!body) throw new LogLost(`Nobody here executes ${logId}: only its worker can`)
      await body()
    }
    execute = DBOS.registerWorkflow(body, { name: 'headway' })
  }
  DBOS.setConfig(config)
  await DBOS.launch()
}

/**
 * Rejects when its tables are too old. A launch says the same, but leaves timers behind when it fails: this is what it
 * asks first. It is in an entry point of DBOS that may change: where it is not found, the launch has to do.
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

/** DBOS has one class for all that keeps it from starting; of its tables it says which version they are at. */
function isOutdated(error: unknown): boolean {
  return error instanceof Error && /is at schema version \d+, but this version/.test(error.message)
}

const outdated = (schema: string): string =>
  `The schema "${schema}" is missing, or older than this DBOS needs`

const runtime: WorkflowRuntime = {
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
        (failure as { error: unknown } | null)?.error ?? new LogLost(text(error), { cause: error })
      )
    } finally {
      bodies.delete(logId)
    }
  },
  async read(logId) {
    const steps = (await DBOS.listWorkflowSteps(logId)) ?? []
    // What threw was interrupted, and not done.
    return new Map(steps.filter(({ error }) => !error).map(({ name, output }) => [name, output]))
  },
  seal: (logId) => DBOS.cancelWorkflow(logId),
  async close() {
    await DBOS.shutdown()
    await launched?.end()
    launched = null
  },
}

const log: StepLog = {
  async record(key, work) {
    let failure: { error: unknown } | null = null
    const attempt = async () => {
      try {
        return await work()
      } catch (error) {
        failure = { error }
        throw error
      }
    }
    try {
      return await DBOS.runStep(attempt, { name: key })
    } catch (error) {
      throw (
        (failure as { error: unknown } | null)?.error ?? new LogLost(text(error), { cause: error })
      )
    }
  },
}

function text(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** Its chatter is for debugging; its warnings are ours. */
function toLogger(logger: Logger) {
  return {
    info: (entry: unknown) => logger.debug(String(entry)),
    debug: (entry: unknown) => logger.trace(String(entry)),
    warn: (entry: unknown) => logger.warn(String(entry)),
    error: (entry: unknown) => logger.warn({ err: entry }, 'dbos'),
  }
}
