import { execFile } from 'node:child_process'
import { realpath, stat } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { wayTo } from './way-to.ts'

/** The user that runs PostgreSQL, when it is not the user of this process. */
export interface DatabaseUser {
  uid: number
  gid: number
  name: string
}

const run = promisify(execFile)

/** This process runs as root, which PostgreSQL refuses. */
export function isRoot(): boolean {
  return process.getuid?.() === 0
}

/** The user that runs PostgreSQL for root: `postgres`, which is added if missing, else `nobody`. */
export async function findDatabaseUser(): Promise<DatabaseUser> {
  const known = await lookUp('postgres')
  if (known) return known
  // Another process may be adding it at this moment: one of both is refused.
  for (let attempt = 0; attempt < 5; attempt += 1) {
    await run('groupadd', ['--system', 'postgres']).catch(() => undefined)
    const user = ['--system', '--gid', 'postgres', '--no-create-home', 'postgres']
    const isMissing = await run('useradd', user).then(
      () => false,
      (error: NodeJS.ErrnoException) => error.code === 'ENOENT',
    )
    const added = await lookUp('postgres')
    if (added) return added
    if (isMissing) break
    await wait(200)
  }
  const nobody = await lookUp('nobody')
  if (nobody) return nobody
  throw new Error('root may not run it, and there is no other user: add the user postgres')
}

/** The owner of the data, when this process is root; null when root owns it. */
export async function ownerOf(directory: string): Promise<DatabaseUser | null> {
  const { uid, gid } = await stat(directory)
  return uid === 0 ? null : { uid, gid, name: (await lookUp(String(uid)))?.name ?? `user ${uid}` }
}

/** The user has these permissions on a file: r 4, w 2, x 1. */
export function isAllowed(
  user: DatabaseUser,
  file: { uid: number; gid: number; mode: number },
  need: number,
): boolean {
  const shift = file.uid === user.uid ? 6 : file.gid === user.gid ? 3 : 0
  return ((file.mode >> shift) & need) === need
}

/**
 * The first folder on the way to `path`, itself included, that the user may not enter; null without
 * one.
 */
export async function findClosed(user: DatabaseUser, path: string): Promise<string | null> {
  const isClosed = async (folder: string): Promise<boolean> =>
    !isAllowed(user, await stat(folder), 1)
  for (const folder of wayTo(await realpath(path))) if (await isClosed(folder)) return folder
  return null
}

async function lookUp(name: string): Promise<DatabaseUser | null> {
  try {
    const ask = async (what: string): Promise<string> => (await run('id', [what, name])).stdout
    const [uid, gid, own] = await Promise.all([ask('-u'), ask('-g'), ask('-nu')])
    return { uid: Number(uid), gid: Number(gid), name: own.trim() }
  } catch {
    return null
  }
}
