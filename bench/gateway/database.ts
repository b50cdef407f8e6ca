import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { embeddedPostgres } from '@headway/gateway/embedded'
import { guard } from '@headway/test-kit/processes/guard'
import pg from 'pg'
import { buildOrUndo } from '../../packages/gateway/src/teardown.ts'

/** A new PostgreSQL and a connection to it. */
export interface Database {
  url: string
  client: pg.Client
  stop(): Promise<void>
}

/**
 * Starts PostgreSQL in a new folder. Both go away with this process, even if it is killed.
 *
 * @param countsStatements it has the extension `pg_stat_statements`
 */
export function startDatabase(countsStatements = false): Promise<Database> {
  return buildOrUndo(async ({ defer, run }) => {
    const folder = await mkdtemp(join(tmpdir(), 'headway-bench-'))
    defer(() => rm(folder, { recursive: true, force: true }))
    // Under root PostgreSQL runs as another user, who must enter the folder.
    await chmod(folder, 0o711)
    const directory = join(folder, 'pg')
    if (countsStatements) await preloadStatistics(directory)
    const { url, pid, stop } = await embeddedPostgres({ directory })
    defer(guard(pid, folder))
    defer(stop)
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    defer(() => client.end())
    if (countsStatements) await client.query('create extension pg_stat_statements')
    return { url, client, stop: run }
  })
}

/** PostgreSQL loads the library when it starts the next time. */
async function preloadStatistics(directory: string): Promise<void> {
  const { url, stop } = await embeddedPostgres({ directory })
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`alter system set shared_preload_libraries = 'pg_stat_statements'`)
  await client.end()
  await stop()
}

/** Inserts running runs with the ids that the readers ask for. */
export async function insertRuns(client: pg.Client, count: number): Promise<void> {
  await client.query(
    `insert into headway.run (id, kind, name, engine, status, progress, message, attempt, started_at)
     select ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, 'job', 'export_users', 'sql',
            'running', 0, 'row ' || n || '000 of 10,000,000', 1, now()
       from generate_series(0, $1 - 1) as n`,
    [count],
  )
}
