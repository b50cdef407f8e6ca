import { spawnSync } from 'node:child_process'
import type { Browser } from 'playwright'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { layouts } from '../../packages/create-headway/src/compose/layouts.ts'
import { createDatabase, query } from '../../packages/gateway/test/support/database.ts'
import { startRedis, type TestRedis } from '../../packages/gateway/test/support/redis.ts'
import { type Application, install } from './support/application.ts'
import { openBrowser, openPage } from './support/browser-page.ts'
import { type Combination, combinations, combinationsOf } from './support/combinations.ts'
import { expectSucceeded, reloadMidway, startExport } from './support/export-page.ts'
import { holdRows } from './support/held-job.ts'
import { expectNothingLeft } from './support/stories.ts'

const day = Math.floor(Date.now() / 86_400_000)
const isAll = process.env.CREATE_ALL === '1'
const hasRedis = spawnSync('redis-server', ['--version']).status === 0
const chosen = isAll ? combinations : combinationsOf(day)
const canRun = ([, database]: Combination): boolean => hasRedis || database !== 'bullmq-redis'
const tried = chosen.filter(canRun)

const named = (list: readonly Combination[]): string =>
  list.map((one) => one.join(' × ')).join(', ') || 'none'
console.warn(`create-headway, tried in this run: ${named(tried)}`)
console.warn(
  `LEFT for other days (CREATE_ALL=1 tries all): ${named(combinations.filter((one) => !chosen.includes(one)))}`,
)
if (tried.length < chosen.length) {
  console.warn(
    `SKIPPED, since there is no redis-server: ${named(chosen.filter((one) => !canRun(one)))}`,
  )
}

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

/** Creates a project in the folder with the packed program, as `npm create` does. */
const create =
  ([framework, database]: Combination) =>
  ({ complete }: Application): Promise<void> => {
    const program = ['npm', 'exec', '--yes', `--package=${inject('tarballs')['create-headway']}`]
    const flags = ['--framework', framework, '--database', database, '--no-install']
    return complete([...program, '--', 'create-headway', '.', ...flags])
  }

describe.each(tried)('%s × %s', (framework, database) => {
  const { server, adapter } = layouts[framework]
  let application: Application
  // One of its own: a gateway shows all jobs of its queue.
  let redis: TestRedis | undefined
  let env: NodeJS.ProcessEnv

  beforeAll(async () => {
    const packages = [
      '@headway/core',
      '@headway/gateway',
      ...(adapter ? [`@headway/${adapter}`] : []),
    ]
    if (database === 'bullmq-redis') redis = await startRedis()
    const url = database === 'embedded' ? undefined : await createDatabase()
    env = { DATABASE_URL: url, REDIS_URL: redis?.url }
    application = await install(create([framework, database]), packages)
  })
  afterAll(async () => {
    await application?.remove()
    await redis?.stop()
  })

  it('has the right types, and a test that passes', async () => {
    await application.complete(['npm', 'run', 'check'])
    await application.complete(['npm', 'test'])
  })

  it('serves a page whose job survives a reload', async () => {
    const job = await holdRows(application, `${server}/export-users.ts`)
    await application.complete(['npm', 'run', 'build'])
    const running = await application.serve(['npm', 'start'], env)
    const shown = await openPage(browser)
    await shown.page.goto(running.url)
    await startExport(shown.page)
    await reloadMidway(shown.page)
    await job.release()
    await expectSucceeded(shown.page)
    expect(shown.troubles).toEqual([])
    if (env.DATABASE_URL) {
      const runs = await query(env.DATABASE_URL, 'select name, status from headway.run')
      expect(runs).toEqual([{ name: 'export_users', status: 'completed' }])
    }
    await shown.page.close()
    await running.pressCtrlC()
    await expectNothingLeft(running)
  })

  it('serves the page and the gateway in development, and ends with Ctrl-C', async () => {
    const words = framework === 'sveltekit' ? ['--', '--port', 'PORT'] : []
    const running = await application.serve(['npm', 'run', 'dev', ...words], env, '/_api/ready')
    expect(await (await fetch(running.url)).text()).toContain('<title>Headway')
    await running.pressCtrlC()
    await expectNothingLeft(running)
  })
})
