import { randomBytes } from 'node:crypto'
import { lstat, mkdir, readdir, realpath, rename, rm, rmdir, symlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { type DatabaseUser, findClosed } from './database-user.ts'
import { openPlace } from './open-place.ts'
import { isThere } from './process-identity.ts'

/** Makes a database in an empty folder that it may use. */
export type Initialise = (fresh: string) => Promise<void>

/** There is no database yet. Throws when the folder holds something else, which would be lost. */
export async function isToBeMade(directory: string): Promise<boolean> {
  const found = await readdir(directory).catch((error: NodeJS.ErrnoException): string[] => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  if (found.includes('PG_VERSION')) return false
  if (found.length > 0) {
    throw new Error(
      'it contains other files, which are left alone; choose an empty or a new folder',
    )
  }
  const link = await lstat(directory).catch(() => null)
  if (!link?.isSymbolicLink()) return true
  const target = await realpath(directory).catch(() => null)
  if (target !== null) return true
  throw new Error('it links to a folder that does not exist; remove the link to start afresh')
}

/**
 * Creates the database of `directory`, first in a folder of its own: a half-made one would never
 * start. If several processes do so at once, the first one wins, and the folders of the others are
 * removed.
 *
 * If `user` may not enter `directory`, the data is elsewhere, and `directory` is a link to it.
 */
export async function makeData(
  directory: string,
  user: DatabaseUser | null,
  initialise: Initialise,
): Promise<void> {
  const parent = dirname(directory)
  await sweep(directory)
  const name = `${basename(directory)}.headway-initialising.${process.pid}-${randomBytes(4).toString('hex')}`
  if (!user || (await findClosed(user, parent)) === null) {
    const fresh = join(parent, name)
    return build(directory, fresh, initialise, () => rename(fresh, directory))
  }
  const place = await openPlace(user)
  const data = join(place, `${basename(directory)}-${randomBytes(6).toString('hex')}`)
  await build(directory, data, initialise, () => symlink(data, directory))
}

async function build(
  directory: string,
  fresh: string,
  initialise: Initialise,
  publish: () => Promise<void>,
): Promise<void> {
  try {
    await mkdir(fresh, { mode: 0o700 })
    await initialise(fresh)
    // Removed only when it is empty; `publish` reports anything else.
    await rmdir(directory).catch(() => undefined)
    await publish()
  } catch (error) {
    await rm(fresh, { recursive: true, force: true }).catch(() => undefined)
    const isMade = await isToBeMade(directory).then(
      (isNew) => !isNew,
      () => false,
    )
    // Another process was faster.
    if (!isMade) throw error
  }
}

/**
 * Removes half-made folders of processes that are gone. A program of theirs may still be writing
 * there for a moment: then the folder is left for the next start.
 */
async function sweep(directory: string): Promise<void> {
  const prefix = `${basename(directory)}.headway-initialising`
  for (const name of await readdir(dirname(directory))) {
    if (!name.startsWith(prefix)) continue
    const pid = Number.parseInt(name.slice(prefix.length + 1), 10)
    if (pid && isThere(pid)) continue
    const leftover = join(dirname(directory), name)
    await rm(leftover, { recursive: true, force: true }).catch(() => undefined)
  }
}
