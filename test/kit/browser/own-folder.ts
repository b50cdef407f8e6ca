import { randomBytes } from 'node:crypto'
import { lstat, mkdir, rename, rm } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'

/**
 * The path of a folder in the system's temporary folder that only this user can open. The first
 * call
 * fills it. When several processes fill it at the same time, one of them wins, and no process
 * sees it
 * half full. Throws if the folder belongs to another user.
 *
 * @param name the content and its version
 * @param fill receives an empty folder to fill, and the path that the folder will have
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
      `${folder} belongs to another user, or is a file: remove it, or set TMPDIR to a folder of your own`,
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
