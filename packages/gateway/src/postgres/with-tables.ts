import type { Logger } from 'pino'
import { ConfigurationError, TablesOutdated } from '../errors.ts'
import { alone } from './alone.ts'

/** The database whose tables are checked, and whether to make them. */
export interface TableOptions {
  database: string
  /** This process may create and change tables. */
  migrate: boolean
  logger: Logger
}

/**
 * Starts something that has tables in the database. The first start only reads, so a role that may
 * not make tables can start when another role has made them. If tables are missing or too old, it
 * is started again and may make them, in one process at a time.
 *
 * @param start rejects with {@link TablesOutdated} when the tables are too old, and it may not
 * change them
 */
export async function withTables<T>(
  { database, migrate, logger }: TableOptions,
  start: (mayMigrate: boolean) => Promise<T>,
): Promise<T> {
  try {
    return await start(false)
  } catch (error) {
    if (!(error instanceof TablesOutdated)) throw explain(error)
    if (!migrate) {
      throw new ConfigurationError(`${error.message}, and migrate is false: ${remedy}`, {
        cause: error,
      })
    }
  }
  return alone(database, logger, () => start(true)).catch((error: unknown) => {
    throw explain(error)
  })
}

const remedy = 'run "npx headway-gateway migrate" as the owner of the tables'

/** Explains an error about missing rights. Other errors are returned unchanged. */
function explain(error: unknown): unknown {
  const denial = findDenial(error)
  if (denial === null) return error
  return new ConfigurationError(
    `The database answered "${denial}": ${remedy}, with --role and --grant for this role`,
    {
      cause: error,
    },
  )
}

/** PostgreSQL's message, in an error or in its causes. 42501 is insufficient_privilege. */
function findDenial(error: unknown): string | null {
  if (!(error instanceof Error)) return null
  if ('code' in error && error.code === '42501') return error.message
  return findDenial(error.cause)
}
