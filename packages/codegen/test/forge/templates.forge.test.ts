import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findTemplates } from './templates/find-templates.ts'
import { changeOver, install, run, sourcesOf } from './templates/project.ts'
import { type Edits, readEdits } from './templates/read-edits.ts'

/*
 * Forge's own templates for SvelteKit, with our output in the place of theirs and the edits that docs/forge.md
 * asks for, and no others. They are in a crate that cargo downloads.
 */

const found = await findTemplates()
if ('missing' in found) console.warn(`Forge's templates are not tested. ${found.missing}`)

const names = ['minimal', 'demo', 'realtime-todo-list']

describe.skipIf('missing' in found)('templates of Forge', () => {
  let folder: string
  let templates: string
  let edits: Edits

  beforeAll(async () => {
    if ('missing' in found) return
    folder = await mkdtemp(join(tmpdir(), 'headway-templates-'))
    await run(folder, 'tar', '-xf', found.archive)
    templates = join(folder, 'with-svelte')
    edits = await readEdits()
    await install(templates, names)
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('are these', async () => {
    const entries = await readdir(templates, { withFileTypes: true })
    const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
    expect(folders).toEqual(expect.arrayContaining(names))
    expect(folders.filter((name) => !['node_modules', 'packed', ...names].includes(name))).toEqual(
      [],
    )
  })

  it('need each of the edits', async () => {
    const texts = await Promise.all(names.map((name) => sourcesOf(join(templates, name))))
    const lines = new Set(texts.flat().map((line) => line.trim()))
    expect([...edits.lines.keys()].filter((line) => !lines.has(line))).toEqual([])
    expect([...edits.files.keys()]).toEqual(['src/lib/signals.ts'])
  })

  it.each(names)('%s passes svelte-check and builds', async (name) => {
    const template = join(templates, name)
    const frontend = join(template, 'frontend')
    await changeOver(template, edits)
    await run(frontend, 'npx', 'svelte-kit', 'sync')
    const said = await run(
      frontend,
      'npx',
      'svelte-check',
      '--tsconfig',
      './tsconfig.json',
      '--fail-on-warnings',
      '--output',
      'human',
    )
    expect(said).toContain('0 errors and 0 warnings')
    await run(frontend, 'npx', 'vite', 'build')
  })
})
