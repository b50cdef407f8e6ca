import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

/**
 * The identity of a process: its number and its start, which distinguish it from every other of
 * this machine, even a later one with the same number. Null when it does not exist, or has ended
 * and is only waiting to be noticed.
 *
 * @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html (3) state, (22) starttime
 */
export async function identityOf(pid: number): Promise<string | null> {
  if (!isThere(pid)) return null
  if (process.platform !== 'linux') {
    const started = (await ps(pid, 'lstart=')).replace(/\W+/g, '-')
    return started === '' ? (isThere(pid) ? String(pid) : null) : `${pid}:${started}`
  }
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null)
  // Hidden from this process, or just gone.
  if (stat === null) return isThere(pid) ? String(pid) : null
  // The name before it stands in brackets and may hold anything, brackets too.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return fields[0] === 'Z' ? null : `${pid}:${fields[19]}`
}

/** The process of that identity still runs. */
export async function isAlive(identity: string): Promise<boolean> {
  const found = await identityOf(pidOf(identity))
  if (found === null) return false
  // Without a time on one side, the number is all there is.
  return found === identity || !found.includes(':') || !identity.includes(':')
}

/** The number in an identity. */
export function pidOf(identity: string): number {
  return Number.parseInt(identity, 10)
}

/**
 * The command line of a process, its program first; null when it does not exist or cannot be read.
 */
export async function commandOf(pid: number): Promise<string[] | null> {
  if (process.platform === 'linux') {
    const text = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => null)
    return text?.split('\0') ?? null
  }
  const text = await ps(pid, 'command=')
  return text === '' ? null : text.split(' ')
}

/** A process of any user has that number. */
export function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Empty when it is unavailable, as on Windows. */
async function ps(pid: number, field: string): Promise<string> {
  // The start time depends on language and zone: both are fixed here.
  const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' }
  const asked = promisify(execFile)('ps', ['-ww', '-o', field, '-p', String(pid)], { env })
  return asked.then(
    ({ stdout }) => stdout.trim(),
    () => '',
  )
}
