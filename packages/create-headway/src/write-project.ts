import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Files } from './compose/compose-project.ts'
import { CreateFailed } from './errors.ts'

/** Files that do not matter: a fresh repository may be there. */
const harmless = new Set(['.git', '.DS_Store'])

/**
 * Throws {@link CreateFailed} if a folder has files already, or its path is that of a file.
 *
 * @param shown the folder, as the user wrote it
 */
export async function assertEmpty(folder: string, shown: string): Promise<void> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    if (error.code === 'ENOTDIR') throw new CreateFailed(`${shown} is a file: give another folder`)
    throw error
  })
  const found = names.filter((name) => !harmless.has(name))
  if (found.length === 0) return
  const some = found.slice(0, 3).join(', ') + (found.length > 3 ? ', …' : '')
  throw new CreateFailed(`${shown} is not empty (${some}): give another folder`)
}

/** Writes the files of a project into a folder, which is made if it is not there. */
export async function writeProject(folder: string, files: Files): Promise<void> {
  for (const [path, text] of files) {
    const file = join(folder, path)
    await mkdir(dirname(file), { recursive: true })
    // Never over a file that has come in the meantime.
    await writeFile(file, text, { flag: 'wx' })
  }
}
