import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** What the folder of each call's files is called, before what makes it its own. */
export const folderPrefix = 'headway-upload-'

/** How old what was left over has to be: no call takes as long. */
const dayMs = 24 * 3_600_000

/** Removes what processes that were killed have left of uploads. */
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
