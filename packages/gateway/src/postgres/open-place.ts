import { chmod, lstat, mkdir } from 'node:fs/promises'
import { type DatabaseUser, findClosed } from './database-user.ts'

/**
 * The folders of root for files that the database's user may not reach elsewhere. The first usable
 * one is taken.
 */
const places = ['/var/lib/headway', '/tmp/headway-root']

/** A folder of root that `user` may enter and only root may change. Rejects when there is none. */
export async function openPlace(user: DatabaseUser): Promise<string> {
  const reasons: string[] = []
  for (const place of places) {
    try {
      await mkdir(place, { recursive: true })
      const found = await lstat(place)
      if (!found.isDirectory() || found.uid !== 0 || (found.mode & 0o022) !== 0) {
        throw new Error(`${place} must be a folder that only root may change`)
      }
      // Whatever the umask took.
      await chmod(place, 0o711)
      const closed = await findClosed(user, place)
      if (closed === null) return place
      throw new Error(`${user.name} may not enter ${closed}`)
    } catch (error) {
      reasons.push(error instanceof Error ? error.message : String(error))
    }
  }
  throw new Error(`there is no folder for files of ${user.name}: ${reasons.join('; ')}`)
}
