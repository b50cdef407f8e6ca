import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chown, copyFile, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { listProcesses } from '@headway/test-kit/processes/list-processes'
import { describe, expect, it } from 'vitest'
import { embeddedPostgres } from '../src/embedded.ts'
import { query } from './support/database.ts'
import { directory, folder, open, pidOf } from './support/embedded-folder.ts'
import { kill, startProcess } from './support/process.ts'

/** Who may run a server on a folder: root may not. */
const ownerOf = async (path: string): Promise<{ uid?: number; gid?: number }> => {
  const { uid, gid } = await stat(path)
  return process.getuid?.() === 0 ? { uid, gid } : {}
}
/** As the system does that has no memory left: nobody stops the server when its owner ends. */
const killGuard = async (server: number): Promise<void> => {
  const guard = (await listProcesses()).find(({ command }) =>
    command.endsWith(` headway-guard ${server}`),
  )
  if (!guard) throw new Error(`The server ${server} has no guard`)
  process.kill(guard.pid, 'SIGKILL')
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
  const left = await pidOf()
  await killGuard(left)
  await kill(child)
  expect(await query(orphan, 'select * from kept')).toEqual([])

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
        `it is in use by process ${foreign.pid}: stop that process first`,
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
