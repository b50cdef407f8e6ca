import { rm } from 'node:fs/promises'
import { join } from 'node:path'
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
    const postgres = await startPostgres({ directory: join(folder, 'pg') }, folder)
    defer(postgres.stop)
    project.provide('postgres', postgres.url)
    return run
  })
}
