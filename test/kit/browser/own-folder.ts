import { randomBytes } from 'node:crypto'
import { lstat, mkdir, rename, rm } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'

/**
 * A folder below the system's temporary one that is this user's alone, filled once: of several
 * processes that fill it at once one is the first, and nobody sees it half full. Another user's folder
 * of that name is never used.
 *
 * @param name says what is in it, and its version
 * @param fill is given an empty folder, and the name that it will have
 */
export async function ownFolder(
  name: string,
  fill: (fresh: string, folder: string) => Promise<void>,
): Promise<string> {
  const { username, uid } = userInfo()
  const folder = join(tmpdir(), `${name}-${uid < 0 ? username : uid}`)
  const found = await lstat(folder).catch(() => null)
  if (found) {
    if (found.isDirectory() && (uid < 0 || found.uid === uid)) return folder
    throw new Error(
      `${folder} belongs to somebody else: remove it, or set TMPDIR to a folder of your own`,
    )
  }
  const fresh = `${folder}.${randomBytes(4).toString('hex')}`
  try {
    await mkdir(fresh, { mode: 0o700 })
    await fill(fresh, folder)
    await rename(fresh, folder)
  } catch (error) {
    await rm(fresh, { recursive: true, force: true })
    // Another process was faster.
    if (!(await lstat(folder).catch(() => null))) throw error
  }
  return folder
}
