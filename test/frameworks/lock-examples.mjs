// Writes the lock files of the examples of frameworks, with the newest versions that their
// package.json allows. The packages of this repository are not in them: they come as tarballs.
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pack, readJson, root, run } from '../published.mjs'

const folder = mkdtempSync(join(tmpdir(), 'headway-locks-'))
try {
  const tarballs = new Map(pack(folder).map(({ manifest, tarball }) => [manifest.name, tarball]))
  for (const name of ['next', 'nuxt', 'sveltekit']) {
    const example = join(root, 'examples', name)
    const copy = join(folder, name)
    mkdirSync(copy)
    for (const file of ['package.json', '.npmrc']) {
      copyFileSync(join(example, file), join(copy, file))
    }
    const { dependencies } = readJson(join(example, 'package.json'))
    const ours = Object.keys(dependencies).flatMap((each) => tarballs.get(each) ?? [])
    run('npm', ['install', '--package-lock-only', '--ignore-scripts', ...ours], copy)
    const lock = readJson(join(copy, 'package-lock.json'))
    lock.packages[''].dependencies = dependencies
    for (const path of Object.keys(lock.packages)) {
      if (path.startsWith('node_modules/@headway/')) delete lock.packages[path]
    }
    writeFileSync(join(example, 'package-lock.json'), `${JSON.stringify(lock, null, 2)}\n`)
  }
} finally {
  rmSync(folder, { recursive: true })
}
