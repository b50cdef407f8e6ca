import pg from 'pg'
import type { LogDatabase } from './workflow-engine.ts'

/**
 * [DBOS, system_database] The tables with a part of a workflow. The last one takes the rest along;
 * the first ones have no foreign key, and not every version has them.
 */
const tables = ['workflow_input', 'workflow_output', 'operation_outputs', 'workflow_status']

/**
 * Removes workflows of DBOS from its tables, without launching it: a gateway runs no workflows, and
 * DBOS itself can remove none where it is not launched.
 */
export async function forgetLogs(
  database: LogDatabase,
  schema: string,
  logIds: readonly string[],
): Promise<void> {
  const { rows } = await database.query(
    `select tablename as name from pg_tables where schemaname = $1 and tablename = any($2)
      order by array_position($2::text[], tablename::text)`,
    [schema, tables],
  )
  for (const { name } of rows) {
    const table = `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(String(name))}`
    await database.query(`delete from ${table} where workflow_uuid = any($1)`, [logIds])
  }
}
