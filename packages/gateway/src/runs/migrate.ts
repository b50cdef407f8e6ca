import type pg from 'pg'
import type { Logger } from 'pino'
import { ConfigurationError, TablesOutdated } from '../errors.ts'
import { inTransaction } from '../postgres/in-transaction.ts'
import { type TableOptions, withTables } from '../postgres/with-tables.ts'
import { sql } from '../sql.ts'

/**
 * The migrations in order; the version of each is its place, from 1. Never change a released one.
 */
export const migrations: readonly string[] = [
  '0001-run',
  '0002-start',
  '0003-report',
  '0004-revision',
  '0005-workflow',
  '0006-query',
  '0007-hand-over',
  '0008-order',
  '0009-engine',
  '0010-secret',
  '0011-holders',
  '0012-holder-keys',
  '0013-cluster',
  '0014-observed',
  '0015-totals',
  '0016-list',
  '0017-retention',
  '0018-cancelled-steps',
  '0019-family',
  '0020-count-children',
  '0021-group',
]

/** The state of the schema `headway`. */
interface Found {
  /** The number of applied migrations; 0 without a schema. */
  version: number
  /**
   * The oldest version that can use the schema, according to the newest migration; 0 when no
   * migration sets it.
   */
  oldest: number
}

/**
 * Updates the schema `headway` to this version. Any number of processes may call it at once; an
 * up-to-date schema is neither changed nor locked. Rejects with a {@link ConfigurationError} when a
 * right is missing.
 *
 * A schema of a newer Headway is used as it is, with a warning: migrations add, and processes of
 * the old version may have to restart during a rolling deploy. A migration that removes something
 * sets `oldest`, a column of `headway.migration` from then on, and older processes refuse to start.
 */
export function migrate(pool: pg.Pool, options: TableOptions): Promise<void> {
  return withTables(options, async (mayMigrate) => {
    const found = await readFound(pool)
    if (found.version < migrations.length && !mayMigrate) {
      throw new TablesOutdated(
        `The schema "headway" is at version ${found.version}, this Headway needs ${migrations.length}`,
      )
    }
    if (found.version > migrations.length) return checkNewer(found, options.logger)
    if (found.version < migrations.length) await apply(pool, found.version)
  })
}

function checkNewer({ version, oldest }: Found, logger: Logger): void {
  const newer =
    `The schema "headway" is at version ${version}, made by a newer Headway: ` +
    `this one knows ${migrations.length}`
  if (oldest > migrations.length) {
    throw new ConfigurationError(`${newer} and cannot use it: deploy the newer one`)
  }
  logger.warn(`${newer}; it is used unchanged`)
}

/** `oldest` is read by its name out of the whole row: the column may not be there yet. */
const readFoundSql = `
  select coalesce(max(version), 0)::integer as version,
         coalesce(max((to_jsonb(migration) ->> 'oldest')::integer), 0) as oldest
    from headway.migration`

async function readFound(pool: pg.Pool): Promise<Found> {
  try {
    const { rows } = await pool.query<Found>(readFoundSql)
    return rows[0] ?? { version: 0, oldest: 0 }
  } catch (error) {
    // undefined_table: the schema is missing, or empty.
    if (error instanceof Error && 'code' in error && error.code === '42P01') {
      return { version: 0, oldest: 0 }
    }
    throw error
  }
}

async function apply(pool: pg.Pool, applied: number): Promise<void> {
  await inTransaction(pool, { isReadOnly: false, timeoutSecs: 0 }, async (client) => {
    await client.query('create schema if not exists headway')
    await client.query(`create table if not exists headway.migration
      (version integer primary key, applied_at timestamptz not null default now())`)
    for (const [index, name] of migrations.entries()) {
      if (index < applied) continue
      await client.query(sql(`runs/migrations/${name}`))
      await client.query('insert into headway.migration (version) values ($1)', [index + 1])
    }
  })
}
