import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { chromiumOptions } from '@headway/test-kit/browser/chromium-options'
import pg from 'pg'
import { type Browser, chromium, type Page } from 'playwright'
import { buildOrUndo } from '../../../packages/gateway/src/teardown.ts'
import { makeDataFolder, startDemo } from '../../backend/test/demo-process.ts'

export const panels = ['plain', 'svelte', 'react', 'vue'] as const
export type Panel = (typeof panels)[number]

/** A running demo, started as the README says, and a Chromium. */
export interface DemoPage {
  url: string
  browser: Browser
  /** The folder of its data. */
  data: string
  /** Queries its database. */
  query<TRow extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<TRow[]>
  /** Runs a statement, and keeps its locks until the returned function is called. */
  hold(text: string): Promise<() => Promise<void>>
  close(): Promise<void>
}

export function openDemo(): Promise<DemoPage> {
  return buildOrUndo(async ({ defer, run }) => {
    const data = await makeDataFolder()
    defer(() => rm(data, { recursive: true, force: true }))
    const demo = await startDemo(data)
    defer(demo.stop)
    const browser = await chromium.launch(await chromiumOptions())
    defer(() => browser.close())
    return {
      url: demo.url,
      browser,
      data,
      async query<TRow extends pg.QueryResultRow>(text: string, values: unknown[] = []) {
        const client = await connect(data)
        try {
          return (await client.query<TRow>(text, values)).rows
        } finally {
          await client.end()
        }
      },
      async hold(text) {
        const client = await connect(data)
        await client.query(`begin; ${text}`)
        return () => client.end()
      },
      close: run,
    }
  })
}

/** Shows another scenario of the page, by its tab. */
export async function showScenario(page: Page, name: string): Promise<void> {
  await page.getByRole('tab', { name }).click()
}

async function connect(data: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: await databaseOf(data) })
  await client.connect()
  return client
}

/** The connection string of the demo's PostgreSQL. */
async function databaseOf(data: string): Promise<string> {
  const password = await readFile(join(data, 'postgres.password'), 'utf8')
  // [PostgreSQL, postmaster.pid] process, folder, start time, port
  const [, , , port] = (await readFile(join(data, 'postgres/postmaster.pid'), 'utf8')).split('\n')
  return `postgresql://headway:${password}@127.0.0.1:${port}/headway`
}
