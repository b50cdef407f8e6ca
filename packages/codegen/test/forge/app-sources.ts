import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the Forge app: what it is started in, since its settings and migrations are there. */
export const appFolder: string = fileURLToPath(new URL('../forge-app', import.meta.url))

/** What the app is made of: a file, or all the files in a folder. */
const sources = ['Cargo.lock', 'Cargo.toml', 'forge.toml', 'migrations', 'src']

/** A hash of all that the app is made of: what was recorded of another one says nothing of this one. */
export async function hashApp(): Promise<string> {
  const found = await readdir(appFolder, { recursive: true, withFileTypes: true })
  const paths = found
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(appFolder, join(parentPath, name)).split(sep).join('/'))
    .filter((path) => sources.includes(path.split('/')[0] ?? ''))
  const hash = createHash('sha256')
  for (const path of paths.sort()) {
    const text = await readFile(join(appFolder, path), 'utf8')
    // As it is in the repository, where a checkout has other ends of lines.
    hash.update(`${path}\n${text.replaceAll('\r\n', '\n')}\n`)
  }
  return hash.digest('hex')
}
