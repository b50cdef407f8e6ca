import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { removeOldFiles } from './remove-old-files.ts'

it('removes older files only', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'headway-old-'))
  const yesterday = new Date(Date.now() - 25 * 3_600_000)
  await writeFile(join(folder, 'new.csv'), '')
  await writeFile(join(folder, 'old.csv'), '')
  await utimes(join(folder, 'old.csv'), yesterday, yesterday)
  await removeOldFiles(folder, 24 * 3_600_000)
  expect(await readdir(folder)).toEqual(['new.csv'])
  await rm(folder, { recursive: true })
})
