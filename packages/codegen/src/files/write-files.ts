import { randomUUID } from 'node:crypto'
import { chmod, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join, posix } from 'node:path'
import type { GeneratedFile } from '../generated-file.ts'
import { isGenerated } from '../generated-file.ts'
import { failAt } from './file-errors.ts'

/** A file of the output folder that differs from the generated one. */
export interface Change {
  kind: 'added' | 'changed' | 'removed'
  /** Relative to the output folder, with `/`. */
  path: string
  /** Empty for an added file. */
  before: string
  /** Empty for a removed file. */
  after: string
}

/** The changes that would be made, and the files that prevent them. */
export interface Plan {
  changes: Change[]
  /** Files in the way that were not generated. If there is one, nothing is written. */
  foreign: string[]
}

/** Compares the output folder with the generated files. Writes nothing. */
export async function planChanges(folder: string, files: GeneratedFile[]): Promise<Plan> {
  const plan: Plan = { changes: [], foreign: [] }
  for (const { path, text } of files) {
    const before = await readText(join(folder, path))
    if (before === null) plan.changes.push({ kind: 'added', path, before: '', after: text })
    else if (!isGenerated(before)) plan.foreign.push(path)
    else if (withoutReturns(before) !== withoutReturns(text)) {
      plan.changes.push({ kind: 'changed', path, before, after: text })
    }
  }
  const kept = new Set(files.map(({ path }) => path))
  for (const path of await listBeside(folder, files)) {
    const before = kept.has(path) ? null : await readText(join(folder, path))
    if (before !== null && isGenerated(before)) {
      plan.changes.push({ kind: 'removed', path, before, after: '' })
    }
  }
  plan.changes.sort((a, b) => (a.path < b.path ? -1 : 1))
  return plan
}

/** Makes the changes. At any time each file is the old one or the new one, never a part. */
export async function applyChanges(folder: string, changes: Change[]): Promise<void> {
  for (const { kind, path, after } of changes) {
    const target = join(folder, path)
    // Another run may have removed it already.
    const done = kind === 'removed' ? rm(target, { force: true }) : replaceFile(target, after)
    await done.catch(failAt(target))
  }
}

async function replaceFile(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  // In the same folder, since a file cannot be renamed to another disk.
  const draft = join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`)
  try {
    await writeFile(draft, text)
    const old = await stat(path).catch(() => null)
    if (old) await chmod(draft, old.mode)
    await rename(draft, path)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}

/** Lists the sources in the folders of the output. Other folders are not looked at. */
async function listBeside(folder: string, files: GeneratedFile[]): Promise<string[]> {
  const folders = new Set(['.', ...files.map(({ path }) => posix.dirname(path))])
  const lists = [...folders].map(async (inner) => {
    const entries = await readdir(join(folder, inner), { withFileTypes: true }).catch(() => [])
    const sources = entries.filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    return sources.map(({ name }) => posix.join(inner, name))
  })
  return (await Promise.all(lists)).flat()
}

async function readText(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    return error.code === 'ENOENT' ? null : failAt(path)(error)
  })
}

/** Git on Windows may have changed the line ends, which does not count. */
function withoutReturns(text: string): string {
  return text.replaceAll('\r\n', '\n')
}
