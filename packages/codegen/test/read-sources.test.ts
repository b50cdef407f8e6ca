import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readSources } from '../src/files/read-sources.ts'
import { createFolder } from './support/folder.ts'

const rust = { 'a.rs': '', 'b/c.rs': '', 'b/a.rs': '', 'notes.md': '', 'b/c.rs.bak': '' }

async function pathsIn(files: Record<string, string>, exclude?: string[]): Promise<string[]> {
  const folder = await createFolder(files)
  return (await readSources(folder.path, exclude)).map(({ path }) => path)
}

it('reads Rust files, in all folders, sorted by path', async () => {
  expect(await pathsIn(rust)).toEqual(['a.rs', 'b/a.rs', 'b/c.rs'])
})

it('leaves out what is built, hidden or excluded', async () => {
  const built = { 'target/debug/a.rs': '', '.git/a.rs': '', 'node_modules/x/a.rs': '' }
  expect(await pathsIn({ ...rust, ...built })).toEqual(['a.rs', 'b/a.rs', 'b/c.rs'])
  expect(await pathsIn(rust, ['b'])).toEqual(['a.rs'])
  expect(await pathsIn(rust, ['./b/', 'a.rs'])).toEqual([])
  expect(await pathsIn(rust, ['b\\c.rs'])).toEqual(['a.rs', 'b/a.rs'])
})

it('leaves out the tests and examples of a crate, and no module that is called so', async () => {
  const crate = {
    'Cargo.toml': '',
    'build.rs': '',
    'tests/a.rs': '',
    'examples/a.rs': '',
    'src/tests/a.rs': '',
    'src/lib.rs': '',
  }
  expect(await pathsIn(crate)).toEqual(['src/lib.rs', 'src/tests/a.rs'])
})

it('says so when there is no such folder', async () => {
  const { path } = await createFolder({ 'a.rs': '' })
  await expect(readSources(join(path, 'b'))).rejects.toThrow(`There is no folder ${path}/b`)
  await expect(readSources(join(path, 'a.rs'))).rejects.toThrow(`${path}/a.rs is a file`)
})
