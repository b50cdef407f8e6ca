import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import {
  ConfigurationError,
  DatabaseStartFailed,
  type EmbeddedOptions,
  type EmbeddedPostgres,
  embeddedPostgres,
} from '../src/embedded.ts'
import { query } from './support/database.ts'
import { makeFolder } from './support/folder.ts'
import { kill, startProcess } from './support/process.ts'

let folder: string
let directory: string
const running: EmbeddedPostgres[] = []

/** Starts one that ends with its test, however that ends. */
const open = async (options: EmbeddedOptions): Promise<EmbeddedPostgres> => {
  const postgres = await embeddedPostgres(options)
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

const pidOf = async (): Promise<number> =>
  Number.parseInt(await readFile(join(directory, 'postmaster.pid'), 'utf8'), 10)

it('keeps its data from one start to the next, and its password to itself', async () => {
  const first = await open({ directory })
  expect(first.pid).toBe(await pidOf())
  await query(first.url, 'create table kept (id integer)')
  await first.stop()
  await first.stop()
  const second = await open({ directory })
  expect(await query(second.url, 'select * from kept')).toEqual([])
  await second.stop()
  expect((await stat(`${directory}.password`)).mode & 0o077).toBe(0)
})

it('starts again although the one before was killed, or still runs without its owner', async () => {
  const { child, message } = await startProcess('./postgres.ts', { DIRECTORY: directory })
  const orphan = String(message)
  await kill(child)
  expect(await query(orphan, 'select * from kept')).toEqual([])

  const second = await open({ directory })
  await expect(query(orphan, 'select')).rejects.toThrow('ECONNREFUSED')
  process.kill(await pidOf(), 'SIGKILL')
  await second.stop()
  const third = await open({ directory })
  expect(await query(third.url, 'select * from kept')).toEqual([])
  await third.stop()
})

it('leaves a process alone that only has the number of a PostgreSQL that is gone', async () => {
  const stranger = spawn('sleep', ['60'])
  await writeFile(join(directory, 'postmaster.pid'), `${stranger.pid}\n${directory}\n`)
  const ended = once(stranger, 'exit')
  try {
    const postgres = await open({ directory })
    expect([stranger.exitCode, stranger.signalCode]).toEqual([null, null])
    await postgres.stop()
  } finally {
    stranger.kill()
    await ended
  }
})

it('touches no folder that holds something else, nor what stands beside it', async () => {
  const mine = join(folder, 'mine')
  await mkdir(mine)
  await writeFile(join(mine, 'thesis.txt'), 'years of work')
  const start = open({ directory: mine })
  await expect(start).rejects.toThrow(
    /mine: it holds other files.* choose an empty or a new folder/,
  )
  expect(await readFile(join(mine, 'thesis.txt'), 'utf8')).toBe('years of work')
  expect((await readdir(folder)).filter((name) => name.startsWith('mine.'))).toEqual([])
})

it('begins anew where one before it was interrupted while it made the database', async () => {
  const broken = join(folder, 'broken')
  await mkdir(join(`${broken}.headway-initialising`, 'base'), { recursive: true })
  await writeFile(join(`${broken}.headway-initialising`, 'PG_VERSION'), '18')
  await mkdir(broken)
  const postgres = await open({ directory: broken })
  expect(await query(postgres.url, 'select 1 as one')).toEqual([{ one: 1 }])
  await postgres.stop()
})

it('leaves none running that nobody can stop: its password is not the one of the data', async () => {
  const file = `${directory}.password`
  const password = await readFile(file, 'utf8')
  await writeFile(file, 'wrong')
  await expect(open({ directory })).rejects.toThrow('password authentication failed')
  await expect(pidOf()).rejects.toThrow('ENOENT')
  await rm(file)
  await expect(open({ directory })).rejects.toThrow('put it back')
  await writeFile(file, password, { mode: 0o600 })
})

it('says in one line why it cannot start', async () => {
  const file = join(folder, 'no-folder')
  await writeFile(file, '')
  const error = await open({ directory: join(file, 'pg') }).catch((reason) => reason)
  expect(error).toBeInstanceOf(DatabaseStartFailed)
  expect(error.message).toMatch(/^PostgreSQL cannot start on .*no-folder/)
  expect(error.message).not.toContain('\n')
})

it.each([
  ['directory is "undefined"', () => ({ directory: undefined as never })],
  ['port is 70000', () => ({ directory: join(folder, 'never-made'), port: 70_000 })],
])('names what is wrong with its options: %s', async (message, options) => {
  const error = await open(options()).catch((reason) => reason)
  expect(error).toBeInstanceOf(ConfigurationError)
  expect(error.message).toContain(message)
})
