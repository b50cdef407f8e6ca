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
  /** As the gateway and the workers have it: its schema gets its tables. */
  engine?: Engine
  /** The same for workflows. */
  workflowEngine?: WorkflowEngine
  /** Default: pino to standard output, from `warn` on. */
  logger?: Logger
}

/**
 * Makes the tables of Headway and its engines, or brings them to this version, and changes nothing
 * where they are. Call it in a release, before the processes start, which then need no right to
 * make tables: `headway-gateway migrate` is the same from a shell.
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
