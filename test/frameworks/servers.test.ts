import { relative } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { createDatabase } from '../../packages/gateway/test/support/database.ts'
import { type Application, install } from './support/application.ts'

const packages = ['@headway/core', '@headway/gateway']
const pnpm = ['npx', '--yes', 'pnpm@10.34.9']

/** npm finds the tarball of a dependency among those it is given; pnpm has to be told. */
const overrides = (folder: string): string => {
  const tarball = relative(folder, inject('tarballs')['@headway/core'] ?? '')
  return `overrides:\n  '@headway/core': 'file:${tarball}'\n`
}

const byNpm = { command: ['npm', 'install', '--prefer-offline'] }
const byPnpm = {
  command: [...pnpm, 'add', '--store-dir', 'node_modules/.pnpm-store'],
  files: { 'pnpm-workspace.yaml': overrides },
}

describe.each([
  ['npm', byNpm],
  ['pnpm', byPnpm],
] as const)('installed by %s', (_, installation) => {
  let application: Application

  beforeAll(async () => {
    application = await install('test/frameworks/apps/servers', packages, installation)
  })
  afterAll(() => application?.remove())

  it('compiles in strict mode, as Node and as bundlers resolve', async () => {
    await application.complete(['npx', 'tsc'])
    await application.complete(['npx', 'tsc', '--project', 'tsconfig.bundler.json'])
  })

  it.each(['express.js', 'fastify.js', 'common.cjs'])(
    '%s serves its own pages and runs a job',
    async (server) => {
      const env = { DATABASE_URL: await createDatabase() }
      const running = await application.serve(['node', `dist/${server}`], env)
      expect(await (await fetch(running.url)).text()).toBe(server.split('.')[0])
      await application.complete(['node', 'dist/client.js'], { SERVER_URL: running.url })
      running.child.kill('SIGTERM')
      expect(await running.ended).toBe(0)
    },
  )
})
