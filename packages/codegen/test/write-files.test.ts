import { chmod, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { applyChanges, planChanges } from '../src/files/write-files.ts'
import { marker } from '../src/generated-file.ts'
import { createFolder, type Folder } from './support/folder.ts'

const ours = (text: string) => `${marker}\n${text}\n`

async function write(folder: Folder, files: Record<string, string>) {
  const emitted = Object.entries(files).map(([path, text]) => ({ path, text }))
  const { changes, foreign } = await planChanges(folder.path, emitted)
  await applyChanges(folder.path, changes)
  return { changes: changes.map(({ kind, path }) => `${kind} ${path}`), foreign }
}

describe('writing', () => {
  it('makes the folder what it should be, also one that was not there', async () => {
    const folder = await createFolder()
    const inner = { ...folder, path: join(folder.path, 'src/lib') }
    const files = { 'api.ts': ours('a'), 'types/user.ts': ours('b') }
    expect(await write(inner, files)).toEqual({
      changes: ['added api.ts', 'added types/user.ts'],
      foreign: [],
    })
    expect(await folder.read()).toEqual({
      'src/lib/api.ts': ours('a'),
      'src/lib/types/user.ts': ours('b'),
    })
  })

  it('writes what has changed and leaves the rest alone', async () => {
    const folder = await createFolder({ 'a.ts': ours('a'), 'b.ts': ours('b') })
    const before = await stat(join(folder.path, 'a.ts'))
    expect(await write(folder, { 'a.ts': ours('a'), 'b.ts': ours('c') })).toEqual({
      changes: ['changed b.ts'],
      foreign: [],
    })
    const after = await stat(join(folder.path, 'a.ts'))
    expect([after.ino, after.mtimeMs]).toEqual([before.ino, before.mtimeMs])
    expect(await folder.read()).toEqual({ 'a.ts': ours('a'), 'b.ts': ours('c') })
  })

  it('takes other line ends for no change', async () => {
    const folder = await createFolder({ 'a.ts': ours('a').replaceAll('\n', '\r\n') })
    expect(await write(folder, { 'a.ts': ours('a') })).toEqual({ changes: [], foreign: [] })
  })

  it('removes what it made and does not make any more, and nothing else', async () => {
    const folder = await createFolder({
      'old.ts': ours('old'),
      'mine.ts': 'export {}\n',
      'quoting.ts': `export {}\n${marker}\n`,
      'notes.md': ours('notes'),
      'elsewhere/old.ts': ours('old'),
    })
    expect(await write(folder, { 'api.ts': ours('a') })).toEqual({
      changes: ['added api.ts', 'removed old.ts'],
      foreign: [],
    })
    expect(Object.keys(await folder.read())).toEqual([
      'api.ts',
      'elsewhere/old.ts',
      'mine.ts',
      'notes.md',
      'quoting.ts',
    ])
  })

  it('says which files are somebody’s own', async () => {
    const folder = await createFolder({ 'a.ts': 'mine\n', 'b.ts': '' })
    const plan = await planChanges(folder.path, [
      { path: 'a.ts', text: ours('a') },
      { path: 'b.ts', text: ours('b') },
    ])
    expect(plan).toEqual({ changes: [], foreign: ['a.ts', 'b.ts'] })
  })

  it('leaves no draft behind when a file cannot be put in its place', async () => {
    const folder = await createFolder({ 'api.ts/in-the-way.txt': 'a folder' })
    const change = { kind: 'added', path: 'api.ts', before: '', after: ours('a') } as const
    await expect(applyChanges(folder.path, [change])).rejects.toThrow()
    expect(Object.keys(await folder.read())).toEqual(['api.ts/in-the-way.txt'])
  })

  it('says which path is a file where a folder has to be, or the other way round', async () => {
    const folder = await createFolder({ mine: 'a file', 'api.ts/in-the-way.txt': 'a folder' })
    const files = [{ path: 'api.ts', text: ours('a') }]
    await expect(planChanges(join(folder.path, 'mine'), files)).rejects.toThrow(
      `${join(folder.path, 'mine/api.ts')} cannot be used: something in its path is a file, and has to be a folder`,
    )
    await expect(planChanges(folder.path, files)).rejects.toThrow(
      `${join(folder.path, 'api.ts')} cannot be used: it is a folder, and has to be a file`,
    )
  })

  it('takes what another run has removed for removed', async () => {
    const folder = await createFolder({ 'a.ts': ours('a') })
    const gone = { kind: 'removed', path: 'gone.ts', before: ours('b'), after: '' } as const
    await applyChanges(folder.path, [gone])
    expect(Object.keys(await folder.read())).toEqual(['a.ts'])
  })

  it('keeps what a file was allowed', async () => {
    const folder = await createFolder({ 'a.ts': ours('a') })
    await chmod(join(folder.path, 'a.ts'), 0o600)
    await write(folder, { 'a.ts': ours('b') })
    expect((await stat(join(folder.path, 'a.ts'))).mode & 0o777).toBe(0o600)
  })
})
