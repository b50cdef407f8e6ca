import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findTemplates } from './templates/find-templates.ts'
import { changeOver, install, run, sourcesOf } from './templates/project.ts'
import { type Edits, readEdits } from './templates/read-edits.ts'
import { startTodoList, type TodoList } from './templates/todo-list.ts'

/*
 * Forge's own templates for SvelteKit, with our output in the place of theirs and the edits that
 * docs/forge.md asks for, and no others. They are in a crate that cargo downloads.
 */

const found = await findTemplates()
if ('missing' in found) console.warn(`Forge's templates are not tested. ${found.missing}`)

const names = ['minimal', 'demo', 'realtime-todo-list']

describe.skipIf('missing' in found)('templates of Forge', () => {
  let folder: string
  let templates: string
  let edits: Edits
  let lines: Set<string>

  beforeAll(async () => {
    if ('missing' in found) return
    folder = await mkdtemp(join(tmpdir(), 'headway-templates-'))
    await run(folder, 'tar', '-xf', found.archive)
    templates = join(folder, 'with-svelte')
    edits = await readEdits()
    const texts = await Promise.all(names.map((name) => sourcesOf(join(templates, name))))
    lines = new Set(texts.flat().map((line) => line.trim()))
    await install(templates, names)
    for (const name of names) await changeOver(join(templates, name), edits)
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

  it('need each of the edits', () => {
    expect([...edits.lines.keys()].filter((line) => !lines.has(line))).toEqual([])
    expect([...edits.files.keys()]).toEqual(['src/lib/signals.ts'])
    expect(edits.added).toEqual([{ path: '.prettierignore', line: 'src/lib/forge/' }])
  })

  it.each(names)('%s passes its own checks, without a warning, and builds', async (name) => {
    const frontend = join(templates, name, 'frontend')
    // svelte-check, tsc, eslint and prettier: `forge check` asks for the last two.
    expect(await run(frontend, 'npm', 'run', 'check')).toContain('0 errors and 0 warnings')
    await run(frontend, 'npx', 'vite', 'build')
  })

  describe('realtime-todo-list, run with its own server', () => {
    let list: TodoList

    beforeAll(async () => {
      list = await startTodoList(join(templates, 'realtime-todo-list'))
    })
    afterAll(() => list?.close())

    it('is live in two tabs, and after its server was killed', async () => {
      const [here, there] = [await list.open(), await list.open()]
      const todo = (page: Page, title: string) => page.locator('li', { hasText: title })
      const add = async (page: Page, title: string) => {
        await page.getByPlaceholder('What needs to be done?').fill(title)
        await page.getByRole('button', { name: 'Add' }).click()
      }
      await there.getByText('No todos yet').waitFor()
      await add(here, 'buy milk')
      await todo(here, 'buy milk').waitFor()
      await todo(there, 'buy milk').waitFor()
      await add(there, 'walk the dog')
      await todo(here, 'walk the dog').locator('label').click()
      await there.locator('li.completed', { hasText: 'walk the dog' }).waitFor()
      await todo(there, 'buy milk').hover()
      await todo(there, 'buy milk').getByRole('button', { name: 'Delete' }).click()
      await todo(here, 'buy milk').waitFor({ state: 'detached' })

      await list.forge.kill()
      await add(here, 'call home')
      await here.locator('.error').waitFor()
      expect(await todo(there, 'walk the dog').isVisible()).toBe(true)
      await list.forge.start()
      await add(here, 'call home')
      await todo(there, 'call home').waitFor()
      await todo(there, 'walk the dog').waitFor()
    })
  })
})
