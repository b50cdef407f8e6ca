// The packages that are published, and their tarballs.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
export const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'))

/** The published packages: their folder and their package.json. */
export const published = readdirSync(join(root, 'packages'))
  .map((name) => join(root, 'packages', name))
  // A folder that git has left may still have its node_modules.
  .filter((folder) => existsSync(join(folder, 'package.json')))
  .map((folder) => ({ folder, manifest: readJson(join(folder, 'package.json')) }))
  .filter(({ manifest }) => !manifest.private)

/** Every path that `exports` names, or that a condition inside it does. */
export function pathsIn(exports) {
  return typeof exports === 'string' ? [exports] : Object.values(exports).flatMap(pathsIn)
}

/** The specifiers of a package's entry points: `@headway/core`, `@headway/core/testing`… */
export function entryPoints({ name, exports }) {
  return Object.keys(exports).map((key) => name + key.slice(1))
}

/**
 * Builds all and packs them into a folder. Returns for each the tarball and the paths of its files.
 * `dist` is removed first: what turbo restores from its cache leaves older chunks beside the new.
 */
export function pack(destination) {
  for (const { folder } of published) rmSync(join(folder, 'dist'), { recursive: true, force: true })
  run('npx', ['turbo', 'run', 'build', '--filter=./packages/*', '--output-logs=errors-only'], root)
  const names = published.flatMap(({ manifest }) => ['--workspace', manifest.name])
  const output = run('npm', ['pack', '--json', '--pack-destination', destination, ...names], root)
  const packed = JSON.parse(output)
  return published.map((each) => {
    const { filename, files } = packed.find(({ name }) => name === each.manifest.name)
    return { ...each, tarball: join(destination, filename), files: files.map(({ path }) => path) }
  })
}

/** Runs a command. Returns its output; throws with it when the command fails. */
export function run(command, args, cwd, env = {}) {
  const options = { cwd, encoding: 'utf8', env: { ...process.env, ...env }, maxBuffer: 1e8 }
  const { status, stdout, stderr, error } = spawnSync(command, args, options)
  if (status === 0) return stdout
  throw error ?? new Error(`${command} ${args.join(' ')} failed:\n${stdout}${stderr}`)
}
