import { fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { query } from './support/database.ts'
import { directory, folder, open, pidOf } from './support/embedded-folder.ts'
import { kill } from './support/process.ts'

it('begins anew after a process that was killed while it made the database', async () => {
  const script = fileURLToPath(new URL('./support/postgres.ts', import.meta.url))
  const execArgv = ['--import', 'tsx', '--conditions=headway-source']
  /**
   * Kills it, and starts anew. False if the database was made by then, as after a pause of the
   * test.
   */
  const beginsAnew = async (name: string): Promise<boolean> => {
    const directory = join(folder, name)
    const env = { ...process.env, DIRECTORY: directory }
    const child = fork(script, { env, execArgv, stdio: ['ignore', 'inherit', 'ignore', 'ipc'] })
    let isMade = false
    child.once('message', () => {
      isMade = true
    })
    const isUnderWay = async (): Promise<boolean> => {
      const begun = new RegExp(`^${name}\\.headway-initialising\\.[^.]+$`)
      const made = (await readdir(folder)).find((found) => begun.test(found))
      return made !== undefined && (await readdir(join(folder, made))).length > 0
    }
    await expect.poll(async () => isMade || (await isUnderWay()), { interval: 5 }).toBe(true)
    await kill(child)
    const postgres = await open({ directory })
    expect(await query(postgres.url, 'select 1 as one')).toEqual([{ one: 1 }])
    await postgres.stop()
    return !isMade
  }
  let round = 1
  while (!(await beginsAnew(`killed-${round}`))) round += 1
})

it('touches no folder that holds something else, nor what stands beside it', async () => {
  const mine = join(folder, 'mine')
  await mkdir(mine)
  await writeFile(join(mine, 'thesis.txt'), 'years of work')
  const start = open({ directory: mine })
  await expect(start).rejects.toThrow(
    /mine: it contains other files.* choose an empty or a new folder/,
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

it('begins anew while a program of one that was killed is still writing', async () => {
  const left = join(folder, `busy.headway-initialising`)
  await mkdir(left)
  const script = `const { mkdirSync, writeFileSync } = require('node:fs')
    process.send('started')
    for (let n = 0; ; n += 1) {
      const name = process.argv[1] + '/' + (n % 20) + '/' + (n % 1000)
      try { mkdirSync(name, { recursive: true }); writeFileSync(name + '/PG_VERSION', '18') } catch {}
    }`
  const writer = spawn(process.execPath, ['-e', script, left], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  try {
    await once(writer, 'message')
    const postgres = await open({ directory: join(folder, 'busy') })
    expect(await query(postgres.url, 'select 1 as one')).toEqual([{ one: 1 }])
    await postgres.stop()
  } finally {
    await kill(writer)
  }
})

it('leaves none running that nobody can stop: its password is not the one of the data', async () => {
  // Makes the database, and its password.
  await (await open({ directory })).stop()
  const file = `${directory}.password`
  const password = await readFile(file, 'utf8')
  await writeFile(file, 'wrong')
  await expect(open({ directory })).rejects.toThrow('password authentication failed')
  await expect(pidOf()).rejects.toThrow('ENOENT')
  await rm(file)
  await expect(open({ directory })).rejects.toThrow('restore that file')
  await writeFile(file, password, { mode: 0o600 })
})
