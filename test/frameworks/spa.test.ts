import { expect, it } from 'vitest'
import { createDatabase } from '../../packages/gateway/test/support/database.ts'
import { openPage } from './support/browser-page.ts'
import { countServers, expectOneExport, reloadMidway, startExport } from './support/export-page.ts'
import { useApplication } from './support/use-application.ts'

/** A page of React 18 that Vite serves: it proxies `/_api` to a gateway in a process of its own. */
const spa = useApplication('test/frameworks/apps/spa', 'src/gateway.ts', [
  '@headway/core',
  '@headway/gateway',
  '@headway/react',
])

it.each([
  ['built', 'preview'],
  ['in development', 'dev'],
])('behind the proxy of Vite, %s, a job starts once and survives a reload', async (_, command) => {
  const { application, job, browser } = spa
  await job.hold()
  if (command === 'preview') await application.complete(['npm', 'run', 'build'])
  const database = await createDatabase()
  const words = ['npx', 'tsx', 'src/gateway.ts']
  const gateway = await application.serve(words, { DATABASE_URL: database }, '/_api/ready')
  const vite = await application.serve(['npx', 'vite', command], { GATEWAY_URL: gateway.url })
  const shown = await openPage(browser)
  await shown.page.goto(vite.url)
  await startExport(shown.page)
  await reloadMidway(shown.page)
  await job.release()
  await expectOneExport(shown, database)
  expect(await countServers(database)).toEqual({ workers: 1, gateways: 1 })
  await shown.page.close()
  await Promise.all([vite.stop(), gateway.stop()])
})
