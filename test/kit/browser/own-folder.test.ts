import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { ownFolder } from './own-folder.ts'

const { TMPDIR } = process.env
let temporary: string

beforeEach(async () => {
  temporary = await mkdtemp(join(tmpdir(), 'headway-own-'))
  process.env.TMPDIR = temporary
})
afterEach(async () => {
  if (TMPDIR === undefined) delete process.env.TMPDIR
  else process.env.TMPDIR = TMPDIR
  await rm(temporary, { recursive: true, force: true })
})

it('belongs to this user alone, whatever the umask, and is filled once', async () => {
  let filled = 0
  const fill = async (fresh: string): Promise<void> => {
    filled += 1
    await writeFile(join(fresh, 'a'), String(filled))
  }
  const folders = await Promise.all([1, 2, 3].map(() => ownFolder('thing', fill)))
  expect(new Set(folders)).toEqual(new Set([join(temporary, `thing-${userInfo().uid}`)]))
  expect((await stat(folders[0] ?? '')).mode & 0o777).toBe(0o700)
  expect(await readdir(temporary)).toHaveLength(1)
  const before = filled
  await ownFolder('thing', fill)
  expect(filled).toBe(before)
})

it('is filled by a later call when the first one failed', async () => {
  const fail = () => Promise.reject(new Error('the disk is full'))
  await expect(ownFolder('thing', fail)).rejects.toThrow('the disk is full')
  expect(await readdir(temporary)).toEqual([])
  await ownFolder('thing', async () => undefined)
})

it('is never a file of that name', async () => {
  await writeFile(join(temporary, `thing-${userInfo().uid}`), '')
  await expect(ownFolder('thing', async () => undefined)).rejects.toThrow(
    'belongs to another user, or is a file',
  )
})
