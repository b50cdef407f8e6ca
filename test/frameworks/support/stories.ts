import type { Running } from '@headway/test-kit/processes/run'
import { expect } from 'vitest'
import { createDatabase } from '../../../packages/gateway/test/support/database.ts'
import { openPage } from './browser-page.ts'
import {
  countServers,
  expectOneExport,
  expectServerRendered,
  reloadMidway,
  startExport,
} from './export-page.ts'
import { expectStreamsEnd } from './streams.ts'
import type { Installed } from './use-application.ts'

const one = { workers: 1, gateways: 1 }

/** Next starts one that outlives it for a moment, to say what it counted: without a word here. */
export const expectNothingLeft = ({ left }: Running): Promise<void> =>
  expect.poll(left, { timeout: 30_000 }).toEqual([])

/** The beginning of a stack, and what else a server prints of errors that nobody has caught. */
const complaint = /^\s+at |uncaught|unhandled|aborted/i

/**
 * The built application takes jobs as soon as it runs. It renders on its server, starts one job for
 * a double click, and shows it again after a reload. Its streams end with their pages, and it
 * complains about nothing. When it is stopped, no process is left.
 */
export async function runsBuilt({ application, job, browser }: Installed): Promise<void> {
  await job.hold()
  await application.complete(['npm', 'run', 'build'])
  const database = await createDatabase()
  const server = await application.serve(['npm', 'start'], { DATABASE_URL: database })
  await expect.poll(() => countServers(database)).toEqual(one)
  await expectServerRendered(server.url)
  const shown = await openPage(browser)
  await shown.page.goto(server.url)
  await startExport(shown.page)
  await reloadMidway(shown.page)
  await job.release()
  await expectOneExport(shown, database)
  expect(await countServers(database)).toEqual(one)
  await shown.page.close()
  await expectStreamsEnd(server.url)
  await server.pressCtrlC()
  await expectNothingLeft(server)
  expect(server.lines.filter((line) => complaint.test(line))).toEqual([])
}

/** The files that are edited while a job runs. */
export interface Edits {
  /** Has the heading of the page, "Export users". */
  page: string
  /** Has the job, with a comment that begins "in place". */
  server: string
  /** The server starts again after its edit: connections and requests are lost meanwhile. */
  restarts?: boolean
}

/**
 * In development, edits of the page and of the server are taken while the job goes on, and nothing
 * starts twice.
 */
export async function survivesEdits(
  { application, job, browser }: Installed,
  edits: Edits,
  words: string[] = [],
): Promise<void> {
  await job.hold()
  const database = await createDatabase()
  const command = ['npm', 'run', 'dev', '--', ...words]
  const server = await application.serve(command, { DATABASE_URL: database })
  const shown = await openPage(browser)
  await shown.page.goto(server.url)
  await startExport(shown.page)
  await application.edit(edits.page, 'Export users', 'Export all users')
  await shown.page.locator('h1', { hasText: 'Export all users' }).waitFor()
  await application.edit(edits.server, '// in place', '// this is in place')
  await reloadMidway(shown.page)
  await job.release()
  await expectOneExport(shown, database, edits.restarts)
  expect(await countServers(database)).toEqual(one)
  await shown.page.close()
  await expectStreamsEnd(server.url)
  await server.pressCtrlC()
  await expectNothingLeft(server)
}
