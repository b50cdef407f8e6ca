// Packs what would be published, and checks it: the metadata, the files, and, with publint and
// attw,
// how bundlers, Node and TypeScript resolve each entry point.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join, normalize } from 'node:path'
import ts from 'typescript'
import { guides } from '../docs/pack-docs.mjs'
import { pack, pathsIn, readJson, root, run } from './published.mjs'

const main = readJson(join(root, 'package.json'))
const license = readFileSync(join(root, 'LICENSE'), 'utf8')
const repository = main.repository.url.replace(/^git\+|\.git$/g, '')

/** Rules of attw that a package breaks on purpose. */
const ignored = {
  // Types of components are `*.svelte.d.ts`, as svelte-package writes them: bundlers alone find
  // these.
  '@headway/svelte': ['internal-resolution-error'],
}

const troubles = []
const expectSame = (name, field, actual, expected) => {
  if (JSON.stringify(actual) === JSON.stringify(expected)) return
  troubles.push(`${name}: ${field} must be ${JSON.stringify(expected)}`)
}

/** The repository's address stands in the root's package.json; each package repeats it. */
function checkMetadata({ folder, manifest }) {
  const { name, homepage, bugs, engines, publishConfig } = manifest
  const directory = `packages/${basename(folder)}`
  expectSame(name, 'repository', manifest.repository, { ...main.repository, directory })
  expectSame(name, 'homepage', homepage, `${repository}/tree/main/${directory}#readme`)
  expectSame(name, 'bugs', bugs, main.bugs)
  expectSame(name, 'engines', engines, main.engines)
  expectSame(name, 'license', manifest.license, main.license)
  expectSame(name, 'publishConfig', publishConfig, { access: 'public' })
  for (const field of ['description', 'keywords', 'sideEffects']) {
    if (manifest[field] === undefined) troubles.push(`${name}: ${field} is missing`)
  }
  if (readFileSync(join(folder, 'LICENSE'), 'utf8') !== license) {
    troubles.push(`${name}: LICENSE is not the root's`)
  }
}

/** Everything that a packed file names is packed too, and no test is. */
function checkFiles({ folder, manifest, files }) {
  const { name, exports, bin = {} } = manifest
  const isPacked = new Set(files)
  const expectPacked = (path, by) => {
    if (!isPacked.has(normalize(path))) troubles.push(`${name}: ${by} names ${path}: not packed`)
  }
  for (const path of ['README.md', 'LICENSE']) expectPacked(path, 'npm')
  for (const guide of guides[basename(folder)] ?? [])
    expectPacked(`docs/${guide}.md`, 'docs/pack-docs.mjs')
  for (const path of pathsIn(exports)) expectPacked(path, 'exports')
  for (const path of pathsIn(bin)) expectPacked(path, 'bin')
  for (const path of files) {
    if (/\.(test|test-d)\.|(^|\/)(test|fixtures)\//.test(path)) {
      troubles.push(`${name}: ${path} is packed, and is a test`)
    }
    const read = () => readFileSync(join(folder, path), 'utf8')
    if (/^src\/.*(?<!\.d)\.tsx?$/.test(path)) {
      for (const { fileName } of ts.preProcessFile(read()).importedFiles) {
        if (fileName.startsWith('.')) expectPacked(join(dirname(path), fileName), path)
      }
    }
    if (path.endsWith('.map')) {
      for (const source of JSON.parse(read()).sources) {
        expectPacked(join(dirname(path), source), path)
      }
    }
  }
}

/** Runs publint and attw. */
function checkResolution({ manifest, tarball }) {
  const rules = (ignored[manifest.name] ?? []).flatMap((rule) => ['--ignore-rules', rule])
  const commands = [
    ['publint', '--strict', tarball],
    // The packages are ES modules: the two resolutions of TypeScript that see none are left out.
    ['attw', tarball, '--profile', 'esm-only', '--no-color', ...rules],
  ]
  for (const command of commands) {
    try {
      run('npx', command, root)
    } catch (error) {
      troubles.push(error.message)
    }
  }
}

const folder = mkdtempSync(join(tmpdir(), 'headway-pack-'))
try {
  for (const packed of pack(folder)) {
    checkMetadata(packed)
    checkFiles(packed)
    checkResolution(packed)
  }
} finally {
  rmSync(folder, { recursive: true })
}
for (const trouble of troubles) console.error(trouble)
process.exit(troubles.length > 0 ? 1 : 0)
