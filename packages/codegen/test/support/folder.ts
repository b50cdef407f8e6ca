import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A folder that is there for one test. */
export interface Folder {
  path: string
  write(files: Record<string, string>): Promise<void>
  /** All files in it, by their paths. */
  read(): Promise<Record<string, string>>
}

/** Makes a folder with these files in it, and removes it when the test is over. */
export async function createFolder(files: Record<string, string> = {}): Promise<Folder> {
  const path = await mkdtemp(join(tmpdir(), 'headway-codegen-'))
  onTestFinished(() => rm(path, { recursive: true, force: true }))
  const folder: Folder = {
    path,
    async write(added) {
      for (const [name, text] of Object.entries(added)) {
        await mkdir(dirname(join(path, name)), { recursive: true })
        await writeFile(join(path, name), text)
      }
    },
    async read() {
      const names = await readdir(path, { recursive: true, withFileTypes: true })
      const found = names.filter((entry) => entry.isFile())
      const entries = found.map(async (entry): Promise<[string, string]> => {
        const file = join(entry.parentPath, entry.name)
        return [file.slice(path.length + 1), await readFile(file, 'utf8')]
      })
      return Object.fromEntries((await Promise.all(entries)).sort())
    },
  }
  await folder.write(files)
  return folder
}
