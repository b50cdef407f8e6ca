import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** Removes the files of a folder that are older than `ageMs` milliseconds. */
export async function removeOldFiles(folder: string, ageMs: number): Promise<void> {
  const oldest = Date.now() - ageMs
  const names = await readdir(folder)
  await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name)
      // Another process may have removed it meanwhile.
      const found = await stat(path).catch(() => null)
      if (found && found.mtimeMs < oldest) await rm(path, { force: true })
    }),
  )
}
