import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { removeLeftOver } from './left-over.ts'

it('removes folders of uploads that are older than a day, and nothing else', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'headway-left-'))
  const now = Date.now()
  const [longAgo, lately] = [now - 25 * 3_600_000, now - 23 * 3_600_000]
  const make = async (name: string, at: number): Promise<void> => {
    await mkdir(join(directory, name))
    await writeFile(join(directory, name, '0'), 'x')
    await utimes(join(directory, name), at / 1_000, at / 1_000)
  }
  await make('headway-upload-old', longAgo)
  await make('headway-upload-new', lately)
  await make('somebody-else', longAgo)
  await removeLeftOver(directory, now)
  expect((await readdir(directory)).sort()).toEqual(['headway-upload-new', 'somebody-else'])
  await rm(directory, { recursive: true })
})
