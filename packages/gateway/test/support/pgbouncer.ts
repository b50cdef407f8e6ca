import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { freePort } from '@headway/test-kit/network/free-port'
import { guard } from '@headway/test-kit/processes/guard'
import { findDatabaseUser, isRoot } from '../../src/postgres/database-user.ts'
import { query } from './database.ts'
import { makeFolder } from './folder.ts'

/** Debian keeps it where a plain user's path does not lead. */
const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` }

/** Whether PgBouncer is installed here. */
export const hasPgBouncer = spawnSync('pgbouncer', ['--version'], { env }).status === 0

/** A running PgBouncer. */
export interface PgBouncer {
  /** The same database, through it. */
  url: string
  stop(): Promise<void>
}

/** Starts a PgBouncer before a database, as its package configures it, but for the mode. */
export async function startPgBouncer(
  database: string,
  mode: 'session' | 'transaction',
): Promise<PgBouncer> {
  const { hostname, port, username, password } = new URL(database)
  const url = new URL(database)
  url.host = `127.0.0.1:${await freePort()}`
  const folder = await makeFolder()
  const ini = join(folder, 'pgbouncer.ini')
  await writeFile(
    ini,
    `[databases]
* = host=${hostname} port=${port} user=${username} password=${decodeURIComponent(password)}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${url.port}
unix_socket_dir =
auth_type = any
pool_mode = ${mode}
default_pool_size = 40
max_client_conn = 200
`,
    { mode: 0o644 },
  )
  // It refuses to run as root.
  const user = isRoot() ? ['-u', (await findDatabaseUser()).name] : []
  const child = spawn('pgbouncer', [...user, ini], { env, stdio: 'ignore' })
  const isGone = guard(child.pid ?? 0, folder)
  while (!(await answers(url.href, child)));
  return {
    url: url.href,
    async stop() {
      const ended = once(child, 'exit')
      child.kill('SIGINT')
      await ended
      isGone()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function answers(url: string, { exitCode }: ChildProcess): Promise<boolean> {
  if (exitCode !== null) throw new Error(`pgbouncer ended with ${exitCode}`)
  return query(url, 'select 1').then(
    () => true,
    () => false,
  )
}
