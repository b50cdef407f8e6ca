import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { createDatabase } from '../../packages/gateway/test/support/database.ts'
import { type Application, install } from './support/application.ts'

const packages = ['@headway/core', '@headway/gateway']
const pnpm = ['npx', '--yes', 'pnpm@10.34.9']

/** npm finds a tarball's dependency among the other tarballs; pnpm has to be told. */
const overrides = (): string =>
  `overrides:\n  '@headway/core': 'file:${inject('tarballs')['@headway/core']}'\n`

describe.each<[string, string[], Record<string, () => string>]>([
  ['npm', ['npm', 'install', '--prefer-offline'], {}],
  [
    'pnpm',
    [...pnpm, 'add', '--store-dir', 'node_modules/.pnpm-store'],
    { 'pnpm-workspace.yaml': overrides },
  ],
])('installed by %s', (_, command, files) => {
  let application: Application

  beforeAll(async () => {
    application = await install('test/frameworks/apps/servers', packages, { command, files })
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
