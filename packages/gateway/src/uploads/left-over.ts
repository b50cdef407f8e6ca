import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** The first part of the name of each call's folder. */
export const folderPrefix = 'headway-upload-'

/** The age at which a folder is removed: no call takes as long. */
const dayMs = 24 * 3_600_000

/** Removes the files of uploads whose process was killed. */
export async function removeLeftOver(directory: string, now: number): Promise<void> {
  for (const name of await readdir(directory)) {
    if (!name.startsWith(folderPrefix)) continue
    const folder = join(directory, name)
    // Another gateway may be at it, too.
    const found = await stat(folder).catch(() => null)
    if (!found?.isDirectory() || now - found.mtimeMs < dayMs) continue
    await rm(folder, { recursive: true, force: true })
  }
}
