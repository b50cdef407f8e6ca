import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll } from 'vitest'
import type { EmbeddedOptions, EmbeddedPostgres } from '../../src/embedded.ts'
import { makeFolder } from './folder.ts'
import { startPostgres } from './start-postgres.ts'

/* A test file that imports this gets the parts below, set up before its tests and closed after. */

export let folder: string
export let directory: string
const running: EmbeddedPostgres[] = []

/** Starts one that ends with its test, however that ends. */
export const open = async (options: EmbeddedOptions): Promise<EmbeddedPostgres> => {
  const postgres = await startPostgres(options)
  running.push(postgres)
  return postgres
}

beforeAll(async () => {
  folder = await makeFolder()
  directory = join(folder, 'pg')
})
afterEach(async () => {
  for (const postgres of running.splice(0)) await postgres.stop()
})
afterAll(() => rm(folder, { recursive: true, force: true }))

export const pidOf = async (): Promise<number> =>
  Number.parseInt(await readFile(join(directory, 'postmaster.pid'), 'utf8'), 10)
