import { type Logger, pino } from 'pino'
import type { Engine } from './engines/engine.ts'
import type { WorkflowEngine } from './engines/workflow-engine.ts'
import { createPools } from './postgres/pools.ts'
import { withTables } from './postgres/with-tables.ts'
import { migrate } from './runs/migrate.ts'

/** The database and the engines whose tables are made. */
export interface MigrateOptions {
  /** A PostgreSQL connection string, of a role that may make schemas in that database. */
  database: string
  /** The same engine as in the gateway and the workers. Its tables are made in its schema. */
  engine?: Engine
  /** The same for workflows. */
  workflowEngine?: WorkflowEngine
  /** Default: pino to standard output, from `warn` on. */
  logger?: Logger
}

/**
 * Makes the tables of Headway and its engines, or updates them to this version. It changes nothing
 * if they are up to date. Call it in a release, before the processes start: they then need no right
 * to make tables. `headway-gateway migrate` does the same from a shell.
 */
export async function migrateDatabase({
  database,
  engine,
  workflowEngine,
  logger = pino({ name: 'headway', level: 'warn' }),
}: MigrateOptions): Promise<void> {
  const options = { database, migrate: true, logger }
  const pools = createPools(database, logger)
  try {
    await migrate(pools.durable, options)
  } finally {
    await pools.close()
  }
  if (engine) {
    const connection = await withTables(options, (mayMigrate) =>
      engine.connect(database, logger, { migrate: mayMigrate }),
    )
    await connection.close()
  }
  if (workflowEngine) {
    const runtime = await withTables(options, (mayMigrate) =>
      workflowEngine.start(database, 'headway-migrate', logger, { migrate: mayMigrate }),
    )
    await runtime.close()
  }
}
