// Compiles the TypeScript of README.md and docs/*.md as a reader's compiler does, strictly and with
// our packages. What a page takes for granted is in test/docs/names.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { errorsIn } from './docs/compile.mjs'
import { snippetsOf } from './docs/snippets.mjs'
import { root } from './published.mjs'

const folder = join(root, 'test/docs')
const { config } = ts.readConfigFile(join(folder, 'tsconfig.json'), ts.sys.readFile)
const { options } = ts.parseJsonConfigFileContent(config, ts.sys, folder)

/** The framework of a page that has one; the others show React, or none. */
const frameworks = {
  vue: 'vue',
  nuxt: 'vue',
  svelte: 'svelte',
  sveltekit: 'svelte',
  forge: 'svelte',
}

/** The framework of a block, by the bold name above it: the site makes tabs of such blocks. */
const tabs = { React: 'react', Svelte: 'svelte', Vue: 'vue' }

/** The modules whose names a page may use without an import. The first that has a name counts. */
function modulesOf(name, framework) {
  const own = ['ts', 'tsx'].map((ending) => `names/${name}.${ending}`)
  return [
    ...own.filter((path) => existsSync(join(folder, path))).map((path) => `./${path}`),
    './names/page.ts',
    './names/server.ts',
    `@headway/${framework}`,
    framework,
    ...['core', 'core/upload', 'core/optimistic', 'core/testing'].map((path) => `@headway/${path}`),
    ...['gateway', 'gateway/bullmq', 'gateway/dbos'].map((path) => `@headway/${path}`),
    ...['node:crypto', 'node:fs', 'node:http', 'node:http2', 'vite'],
  ]
}

/** The modules of the reader's own application that pages import. */
const replaced = {
  './jobs': './names/page.ts',
  '../server/gateway.ts': './names/server.ts',
  '../server': './names/server.ts',
  './server/headway': './names/server.ts',
  '@/server/headway': './names/server.ts',
  '$lib/server/headway': './names/server.ts',
  '~~/server/utils/headway': './names/server.ts',
  '$lib/forge': './names/generated.ts',
  '$lib/forge/api': './names/generated.ts',
  '$lib/safe-url': './names/generated.ts',
}

const pagesIn = (path) =>
  readdirSync(join(root, path))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `${path}/${name}`)
const pages = ['README.md', ...pagesIn('docs'), ...pagesIn('docs/errors')]
const snippets = pages.flatMap((page) => {
  const name = page.match(/([\w-]+)\.md$/)[1].toLowerCase()
  const text = readFileSync(join(root, page), 'utf8')
  return snippetsOf(text).map((snippet) => ({
    page,
    modules: modulesOf(name, tabs[snippet.tab] ?? frameworks[name] ?? 'react'),
    ...snippet,
  }))
})
const errors = errorsIn(snippets, { folder, options, replaced })
for (const error of errors) console.error(error)
process.exit(errors.length > 0 ? 1 : 0)
