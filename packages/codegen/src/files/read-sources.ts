import { readdir, readFile, stat } from 'node:fs/promises'
import { join, posix } from 'node:path'
import { GenerateFailed } from '../errors.ts'
import type { SourceFile } from '../parse/source.ts'
import { failAt } from './file-errors.ts'

/** The number of files read at the same time. */
const readsInFlight = 64

/** Folders that cargo and npm write. */
const built = new Set(['target', 'node_modules'])
/** Programs beside a `Cargo.toml` that are not part of the server. */
const besideCargo = new Set(['benches', 'build.rs', 'examples', 'tests'])

/**
 * Reads all Rust files in a folder and below it, sorted by path.
 *
 * @param exclude files and folders that are left out, relative to the folder
 */
export async function readSources(folder: string, exclude: string[] = []): Promise<SourceFile[]> {
  const found = await stat(folder).catch(() => null)
  if (!found)
    throw new GenerateFailed(`There is no folder ${folder}: give the one with your Rust sources`)
  if (!found.isDirectory()) {
    throw new GenerateFailed(`${folder} is a file: give the folder with your Rust sources`)
  }
  const left = new Set(
    exclude.map((path) => posix.normalize(path.replaceAll('\\', '/')).replace(/\/$/, '')),
  )
  const paths = (await listRust(folder, '', left)).sort()
  const files: SourceFile[] = []
  for (let at = 0; at < paths.length; at += readsInFlight) {
    const batch = paths.slice(at, at + readsInFlight)
    files.push(...(await Promise.all(batch.map((path) => readSource(folder, path)))))
  }
  return files
}

async function readSource(folder: string, path: string): Promise<SourceFile> {
  const file = join(folder, path)
  return { path, text: await readFile(file, 'utf8').catch(failAt(file)) }
}

async function listRust(root: string, folder: string, left: Set<string>): Promise<string[]> {
  const path = join(root, folder)
  const entries = await readdir(path, { withFileTypes: true }).catch(failAt(path))
  const isCrate = entries.some(({ name }) => name === 'Cargo.toml')
  const lists = entries.map(async (entry): Promise<string[]> => {
    const { name } = entry
    const path = posix.join(folder, name)
    if (name.startsWith('.') || built.has(name) || left.has(path)) return []
    if (isCrate && besideCargo.has(name)) return []
    if (entry.isDirectory()) return listRust(root, path, left)
    return entry.isFile() && name.endsWith('.rs') ? [path] : []
  })
  return (await Promise.all(lists)).flat()
}
