import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chown, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { describeError } from '../describe-error.ts'
import type { DatabaseUser } from './database-user.ts'
import { stopWithOwner } from './owner-guard.ts'

/** A PostgreSQL that runs. */
export interface ServerProcess {
  pid: number
  /** Stops it, and resolves when it has ended, whether by this or before. */
  stop(): Promise<void>
}

/** The options of a program of PostgreSQL. */
export interface RunOptions {
  program: string
  user: DatabaseUser | null
  /** Called with its output. */
  note(text: string): void
}

/** The time for an orderly stop, in milliseconds. */
const patienceMs = 10_000

/** Makes a database in the empty folder `fresh`, the same whatever language the machine speaks. */
export async function initialise(
  fresh: string,
  name: string,
  password: string,
  { program, user, note }: RunOptions,
): Promise<void> {
  // Beside the data: the user of the program may enter that folder.
  const passwordFile = `${fresh}.password`
  try {
    await writeFile(passwordFile, password, { mode: 0o600, flag: 'wx' })
    if (user) for (const path of [fresh, passwordFile]) await chown(path, user.uid, user.gid)
    const words = [`--pgdata=${fresh}`, `--username=${name}`, `--pwfile=${passwordFile}`]
    const language = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin']
    const rest = ['--auth=scram-sha-256', '--builtin-locale=C.UTF-8', '--no-instructions']
    const child = run(program, [...words, ...language, ...rest], { user, note })
    const [code, signal] = await ended(child)
    if (code !== 0) throw new Error(`initdb ended with ${code ?? signal}`)
  } finally {
    await rm(passwordFile, { force: true })
  }
}

/**
 * Starts PostgreSQL on a folder. Resolves when it takes connections, rejects when it ends before.
 * It runs until it is stopped or this process ends: see {@link stopWithOwner}. Ctrl-C in the
 * terminal does not reach it, except on Windows: it has to be there while this process finishes its
 * work.
 */
export async function startServer(
  directory: string,
  settings: Record<string, string>,
  { program, user, note }: RunOptions,
): Promise<ServerProcess> {
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const isDetached = process.platform !== 'win32'
  const child = run(program, ['-D', directory, ...flags], { user, note, isDetached })
  const guard = child.pid === undefined ? null : stopWithOwner(child.pid, user)
  const end = ended(child).finally(async () => (await guard)?.())
  const stop = async (): Promise<void> => {
    ask(child)
    const killer = setTimeout(() => child.kill('SIGQUIT'), patienceMs)
    await end.finally(() => clearTimeout(killer))
  }
  let text = ''
  const isReady = new Promise<void>((resolve) => {
    child.stderr?.on('data', (chunk) => {
      // A line may come in two pieces.
      text = (text + chunk).slice(-4_000)
      if (text.includes('ready to accept connections')) resolve()
    })
  })
  // Its end must not be an unhandled rejection: it may not be awaited from here on.
  end.catch(() => undefined)
  try {
    await guard
  } catch (error) {
    // It would outlive this process.
    await stop().catch(() => undefined)
    throw new Error(`its guard could not be started: ${describeError(error)}`)
  }
  const [code, signal] = (await Promise.race([isReady, end])) ?? []
  if (code !== undefined) throw new Error(`it ended with ${code ?? signal}`)
  return { pid: child.pid ?? 0, stop }
}

/** [server-shutdown] SIGINT is "fast shutdown"; Windows has no signals. */
function ask(child: ChildProcess): void {
  if (child.exitCode !== null || child.signalCode !== null) return
  if (process.platform !== 'win32') child.kill('SIGINT')
  else spawn('taskkill', ['/pid', String(child.pid), '/f', '/t'])
}

function run(
  program: string,
  words: string[],
  { user, note, isDetached = false }: Omit<RunOptions, 'program'> & { isDetached?: boolean },
): ChildProcess {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('PG'))
  const child = spawn(program, words, {
    // The user of the program may not be allowed in the current folder.
    cwd: dirname(program),
    env: { ...Object.fromEntries(own), LC_ALL: 'C' },
    stdio: ['ignore', 'ignore', 'pipe'],
    // In a session of its own, as pg_ctl starts it.
    detached: isDetached,
    ...(user && { uid: user.uid, gid: user.gid }),
  })
  child.stderr?.on('data', (chunk) => note(String(chunk)))
  return child
}

/** Its exit code and the signal that ended it; rejects when it could not be started. */
async function ended(child: ChildProcess): Promise<[number | null, NodeJS.Signals | null]> {
  const [code, signal] = await once(child, 'close')
  return [code, signal]
}
