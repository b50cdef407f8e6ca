import { randomBytes } from 'node:crypto'
import { link, readFile, rename, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { commandOf, identityOf, isAlive, isThere, pidOf } from './process-identity.ts'

/** The time for a PostgreSQL to stop, in milliseconds. */
const patienceMs = 10_000

/**
 * The setting of a server that holds the process which started it. It ends with the server, so no
 * crash and no restart of the machine leaves a lock behind.
 */
export const ownerSetting = 'headway.owner'

/** The process whose number stands in a folder's `postmaster.pid`. */
type Holder =
  | { type: 'none' }
  /** Another program has the number by now: the file was left behind. */
  | { type: 'stranger'; pid: number }
  /** A process exists, but the system does not reveal its program. */
  | { type: 'unknown'; pid: number }
  | { type: 'server'; pid: number; owner: string | null }

/** The value of `ownerSetting` for this process. */
export async function ownerIdentity(): Promise<string> {
  return (await identityOf(process.pid)) ?? String(process.pid)
}

/** A running server that one of our processes has started. */
export interface RunningServer {
  /** The process of the server. */
  pid: number
  /** The process that started it. */
  ownerPid: number
}

/**
 * Makes sure that no PostgreSQL runs on `directory`, a real path, except one whose owner still
 * runs: that one is returned. A server without its owner is stopped; an abandoned lock is removed.
 * Rejects when another PostgreSQL uses the folder.
 *
 * @see https://www.postgresql.org/docs/current/server-shutdown.html SIGINT is "fast shutdown"
 */
export async function freeFolder(directory: string): Promise<RunningServer | null> {
  const holder = await findHolder(directory)
  if (holder.type === 'stranger') await removeLock(directory, holder.pid)
  if (holder.type !== 'server') return null
  const { pid, owner } = holder
  if (owner === null) throw new Error(inUse(pid))
  if (await isAlive(owner)) return { pid, ownerPid: pidOf(owner) }
  process.kill(pid, 'SIGINT')
  for (const deadline = Date.now() + patienceMs; Date.now() < deadline; await wait(50)) {
    const now = await findHolder(directory)
    if (now.type !== 'server' || now.pid !== pid) return null
  }
  throw new Error(
    `its process is gone, but PostgreSQL still runs on it and does not stop: end ${pid}`,
  )
}

/** A sentence about the process that uses the folder; null when none is known. */
export async function describeUse(directory: string): Promise<string | null> {
  const holder = await findHolder(directory)
  return holder.type === 'server' || holder.type === 'unknown' ? inUse(holder.pid) : null
}

function inUse(pid: number): string {
  return `it is in use by process ${pid}: stop that process first, or choose another directory`
}

async function findHolder(directory: string): Promise<Holder> {
  const pid = await readPid(directory)
  if (pid === null || !isThere(pid)) return { type: 'none' }
  if ((await identityOf(pid)) === null) return { type: 'stranger', pid }
  const command = await commandOf(pid)
  if (command === null) return { type: 'unknown', pid }
  if (!isServerOf(directory, command)) return { type: 'stranger', pid }
  const setting = command.find((word) => word.startsWith(`${ownerSetting}=`))
  return { type: 'server', pid, owner: setting?.slice(ownerSetting.length + 1) ?? null }
}

/** The first line of postmaster.pid; the file stays behind after a crash. */
async function readPid(directory: string, file = 'postmaster.pid'): Promise<number | null> {
  const text = await readFile(join(directory, file), 'utf8').catch(() => '')
  const pid = Number.parseInt(text, 10)
  return Number.isInteger(pid) && pid > 1 ? pid : null
}

function isServerOf(directory: string, command: string[]): boolean {
  // Where arguments are split at spaces, a folder's name may be in several parts.
  if (process.platform !== 'linux') return ` ${command.join(' ')} `.includes(` -D ${directory} `)
  const [program = '', ...words] = command
  return basename(program) === 'postgres' && words[words.indexOf('-D') + 1] === directory
}

/** Takes the lock away that names `pid`, never one that a server has written in the meantime. */
async function removeLock(directory: string, pid: number): Promise<void> {
  const taken = `postmaster.pid.${randomBytes(4).toString('hex')}`
  const [lock, aside] = [join(directory, 'postmaster.pid'), join(directory, taken)]
  await rename(lock, aside).catch(() => undefined)
  const found = await readPid(directory, taken)
  // `link` does not replace a file that exists by now.
  if (found !== null && found !== pid) await link(aside, lock).catch(() => undefined)
  await rm(aside, { force: true })
}
