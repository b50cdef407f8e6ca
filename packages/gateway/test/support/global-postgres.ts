import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { buildOrUndo } from '../../src/teardown.ts'
import { makeFolder } from './folder.ts'
import { startPostgres } from './start-postgres.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** A running PostgreSQL, for tests that make a database of their own in it. */
    postgres: string
  }
}

/** Starts one PostgreSQL for all the files of the project. */
export default function setup(project: TestProject): Promise<() => Promise<void>> {
  return buildOrUndo(async ({ defer, run }) => {
    const folder = await makeFolder()
    defer(() => rm(folder, { recursive: true, force: true }))
    const options = { directory: join(folder, 'pg') }
    // Files run side by side, and some of them start five processes, with all their pools, at once.
    const first = await startPostgres(options)
    await raiseLimit(first.url).finally(first.stop)
    const postgres = await startPostgres(options, folder)
    defer(postgres.stop)
    project.provide('postgres', postgres.url)
    return run
  })
}

async function raiseLimit(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query('alter system set max_connections = 400').finally(() => client.end())
}
