import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { embeddedPostgres } from '../../src/embedded.ts'
import { makeFolder } from './folder.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** A running PostgreSQL, for tests that make a database of their own in it. */
    postgres: string
  }
}

/** Starts one PostgreSQL for all the files of the project. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await makeFolder()
  const postgres = await embeddedPostgres({ directory: join(folder, 'pg') })
  project.provide('postgres', postgres.url)
  return async () => {
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
