import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'

/** How long a PostgreSQL that is asked to stop gets, in milliseconds. */
const patienceMs = 10_000

/**
 * Stops the PostgreSQL that runs on `directory` although whoever started it is gone. Resolves with
 * whether none runs there any more.
 *
 * @see https://www.postgresql.org/docs/current/server-shutdown.html SIGINT is "fast shutdown"
 */
export async function stopOrphan(directory: string): Promise<boolean> {
  const pid = await readPid(directory)
  if (pid === null || !(await isPostgresOn(pid, directory))) return true
  process.kill(pid, 'SIGINT')
  return isGone(pid, directory)
}

/** Resolves with whether the server of `directory` has ended, within some seconds. */
export async function isGone(pid: number, directory: string): Promise<boolean> {
  for (const deadline = Date.now() + patienceMs; Date.now() < deadline; await wait(50)) {
    if (!(await isPostgresOn(pid, directory))) return true
  }
  return false
}

/** The process that runs on `directory`, or did when it was last heard of. */
export async function readPid(directory: string): Promise<number | null> {
  // The first line of postmaster.pid; the file stays behind after a crash.
  const text = await readFile(join(directory, 'postmaster.pid'), 'utf8').catch(() => '')
  const pid = Number.parseInt(text, 10)
  return Number.isInteger(pid) && pid > 1 ? pid : null
}

/** Whether `pid` is the server of this very directory: the number may belong to another process by now. */
async function isPostgresOn(pid: number, directory: string): Promise<boolean> {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  if (process.platform !== 'linux') return (await readCommand(pid)).includes(` -D ${directory} `)
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  const [program = '', ...args] = command.split('\0')
  return basename(program) === 'postgres' && args[args.indexOf('-D') + 1] === directory
}

/** How a process was started, where there is no `/proc`; empty when that cannot be found out: then it is left alone. */
async function readCommand(pid: number): Promise<string> {
  const found = promisify(execFile)('ps', ['-ww', '-o', 'command=', '-p', String(pid)])
  return found.then(
    ({ stdout }) => stdout,
    () => '',
  )
}
