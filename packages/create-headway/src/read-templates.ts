import { readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Files } from './compose/compose-project.ts'

/** Beside `src`, and beside `dist`. */
const folder = fileURLToPath(new URL('../templates', import.meta.url))

/** Reads the templates of this package, by their paths below `templates`. */
export async function readTemplates(): Promise<Files> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
  const files = await Promise.all(
    paths.map(async (path): Promise<[string, string]> => {
      const name = relative(folder, path).split(sep).join('/')
      return [name, await readFile(path, 'utf8')]
    }),
  )
  return new Map(files.sort(([one], [other]) => (one < other ? -1 : 1)))
}
