import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import rsc from '@vitejs/plugin-rsc'
import { build, createBuilder } from 'vite'
import { afterAll, beforeAll, expect, it } from 'vitest'

const path = (file: string) => fileURLToPath(new URL(file, import.meta.url))
const packageRoot = path('..')
let folder: string
let built: string

const external = [/^react/, /^@headway/]

/** The package as it is published, in a folder from which it finds its dependencies. */
beforeAll(() => {
  folder = mkdtempSync(path('../.built-'))
  const tsup = path('../../../node_modules/tsup/dist/cli-default.js')
  const flags = ['--no-dts', '--silent', '--out-dir', `${folder}/dist`]
  execFileSync(process.execPath, [tsup, ...flags], { cwd: packageRoot })
  built = `${folder}/dist/index.js`
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it("begins with 'use client'", () => {
  expect(readFileSync(built, 'utf8')).toMatch(/^["']use client["'];?\n/)
})

it('is imported and rendered by server components', async () => {
  const entry = (name: string, folderName: string) => ({
    resolve: { conditions: ['headway-source', 'module', 'production'] },
    build: {
      outDir: `${folder}/${folderName}`,
      rollupOptions: { input: { index: path(`server-component/entry.${name}.tsx`) } },
    },
  })
  const builder = await createBuilder({
    configFile: false,
    root: path('server-component'),
    logLevel: 'error',
    plugins: [rsc()],
    resolve: { alias: { '@headway/react': built } },
    environments: {
      rsc: entry('rsc', 'rsc'),
      ssr: entry('ssr', 'ssr'),
      client: entry('browser', 'client'),
    },
  })
  await builder.buildApp()
  const { default: render } = await import(pathToFileURL(`${folder}/rsc/index.js`).href)
  const html = await render()
  expect(html).toContain('<output>loading</output>')
  expect(html).toContain('title="function function"')
})

it.each([
  ['production', false],
  ['development', true],
])('bundled for %s, its warning is there: %s', async (mode, isThere) => {
  const output = await build({
    configFile: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': JSON.stringify(mode) },
    build: { write: false, lib: { entry: built, formats: ['es'] }, rollupOptions: { external } },
  })
  const [bundle] = Array.isArray(output) ? output : []
  expect(bundle?.output[0].code.includes('with each render')).toBe(isThere)
})
