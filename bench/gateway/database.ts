import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { embeddedPostgres } from '@headway/gateway/embedded'
import pg from 'pg'

/** A PostgreSQL of its own, and a connection to it. */
export interface Database {
  url: string
  client: pg.Client
  stop(): Promise<void>
}

/** Starts one in a new folder, which goes with it. */
export async function startDatabase(): Promise<Database> {
  const folder = await mkdtemp(join(tmpdir(), 'headway-bench-'))
  // Its own user passes through, when this runs as root.
  await chmod(folder, 0o711)
  const { url, stop } = await embeddedPostgres({ directory: join(folder, 'pg') })
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return {
    url,
    client,
    async stop() {
      await client.end()
      await stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Runs that are under way, with the ids that the readers ask for. */
export async function insertRuns(client: pg.Client, count: number): Promise<void> {
  await client.query(
    `insert into headway.run (id, kind, name, engine, status, progress, attempt, started_at)
     select ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, 'job', 'export_users', 'sql',
            'running', 0, 1, now()
       from generate_series(0, $1 - 1) as n`,
    [count],
  )
}
