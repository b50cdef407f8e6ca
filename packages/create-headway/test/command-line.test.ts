import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Asker } from '../src/questions.ts'
import { createFolder, createHeadway } from './support/create-headway.ts'

const flags = ['--framework', 'vue', '--database', 'postgres']
const asker: Asker = {
  folder: async (fallback) => `${fallback}-asked`,
  framework: async () => 'svelte',
  database: async () => 'bullmq-redis',
}

it('creates what the flags say, installs it, and tells what to type next', async () => {
  const cwd = await createFolder()
  expect(await createHeadway(cwd, ['films', ...flags])).toEqual({
    code: 0,
    stdout: `Created films: Vue, with Vite. Your PostgreSQL.

  cd films
  cp .env.example .env    # then write DATABASE_URL there
  npm run dev
`,
    stderr: '',
    installed: ['npm in films'],
  })
  const { name, dependencies } = JSON.parse(
    await readFile(join(cwd, 'films', 'package.json'), 'utf8'),
  )
  expect(name).toBe('films')
  expect(Object.keys(dependencies)).toContain('@headway/vue')
})

it('--no-install leaves the installation to the user', async () => {
  const said = await createHeadway(await createFolder(), ['films', ...flags, '--no-install'])
  expect(said).toMatchObject({ code: 0, installed: [] })
  expect(said.stdout).toContain('  npm install\n')
})

it('--yes takes the defaults, also for what is asked elsewhere', async () => {
  const cwd = await createFolder()
  const said = await createHeadway(cwd, ['--yes'], { asker })
  expect(said.stdout).toContain('Created my-app: React, with Vite. A PostgreSQL that npm brings')
  expect(await readdir(cwd)).toEqual(['my-app'])
})

it('creates in the folder where it is, which may be a fresh repository', async () => {
  const cwd = await createFolder()
  await mkdir(join(cwd, '.git'))
  const said = await createHeadway(cwd, ['.', ...flags])
  expect(said.code).toBe(0)
  expect(said.stdout).not.toContain('cd ')
})

it.each([
  ['pnpm/10.34.9 npm/? node/v22.18.0 linux x64', 'pnpm', 'pnpm dev'],
  ['yarn/4.9.1 npm/? node/v22.18.0', 'yarn', 'yarn dev'],
  ['bun/1.3.0 npm/? node/v24.3.0', 'bun', 'bun run dev'],
  ['npm/11.19.1 node/v20.20.2 linux x64 workspaces/false', 'npm', 'npm run dev'],
  ['cnpm/9.0.0', 'npm', 'npm run dev'],
])('started by %s, it installs with %s', async (npm_config_user_agent, manager, dev) => {
  const around = { env: { npm_config_user_agent } }
  const said = await createHeadway(await createFolder(), ['films', '--yes'], around)
  expect(said.installed).toEqual([`${manager} in films`])
  expect(said.stdout).toContain(`  ${dev}\n`)
})

describe('at a terminal', () => {
  it('asks for what no flag says', async () => {
    const cwd = await createFolder()
    const said = await createHeadway(cwd, [], { asker })
    expect(said.stdout).toContain('Created my-app-asked: Svelte, with Vite. A BullMQ queue')
    const answered = await createHeadway(cwd, ['films', ...flags], { asker })
    expect(answered.stdout).toContain('Created films: Vue')
  })

  it.each(['folder', 'framework', 'database'] as const)(
    'leaving at %s creates nothing',
    async (at) => {
      const cwd = await createFolder()
      const said = await createHeadway(cwd, [], { asker: { ...asker, [at]: async () => null } })
      expect(said).toEqual({ code: 1, stdout: '', stderr: 'Nothing was created.\n', installed: [] })
      expect(await readdir(cwd)).toEqual([])
    },
  )
})

describe('refuses', () => {
  it.each([
    [
      ['films', '--framework', 'angular'],
      "error: option '--framework <name>' argument 'angular' is invalid. Allowed choices are react, vue, svelte, next, sveltekit, nuxt, plain.\n",
    ],
    [
      ['films', '--database', 'mysql'],
      "error: option '--database <name>' argument 'mysql' is invalid. Allowed choices are embedded, postgres, bullmq-redis.\n",
    ],
    [['films', '--frame', 'vue'], "error: unknown option '--frame'\n"],
    [['a', 'b', '--yes'], 'error: too many arguments. Expected 1 argument but got 2.\n'],
    [
      ['films', '--framework', 'vue'],
      'error: There is no terminal to ask in, and --database is missing: pass it, or --yes for the defaults\n',
    ],
    [
      [],
      'error: There is no terminal to ask in, and the folder and --framework and --database are missing: pass them, or --yes for the defaults\n',
    ],
  ])('%j', async (args, stderr) => {
    const cwd = await createFolder()
    const said = await createHeadway(cwd, args)
    expect(said).toEqual({ code: 2, stdout: '', stderr, installed: [] })
    expect(await readdir(cwd)).toEqual([])
  })

  it('a folder that is not empty, and leaves it alone', async () => {
    const cwd = await createFolder()
    await mkdir(join(cwd, 'films'))
    await writeFile(join(cwd, 'films', 'mine.txt'), '')
    const said = await createHeadway(cwd, ['films', '--yes'])
    const stderr = 'error: films is not empty (mine.txt): give another folder\n'
    expect(said).toMatchObject({ code: 2, stderr, installed: [] })
    expect(await readdir(join(cwd, 'films'))).toEqual(['mine.txt'])
  })

  it('a file in the place of the folder', async () => {
    const cwd = await createFolder()
    await writeFile(join(cwd, 'films'), '')
    const { code, stderr } = await createHeadway(cwd, ['films', '--yes'])
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'error: films is a file: give another folder\n',
    })
  })
})

it('a failed installation ends with 1, and the project stays', async () => {
  const cwd = await createFolder()
  const said = await createHeadway(cwd, ['films', '--yes'], { install: async () => 7 })
  expect(said).toMatchObject({
    code: 1,
    stderr: 'error: npm install ended with 7: run it again in films\n',
  })
  expect(said.stdout).toContain('  npm install\n')
  expect(await readdir(join(cwd, 'films'))).toContain('package.json')
})

it('--help reads well, --version is that of the package', async () => {
  const cwd = await createFolder()
  const help = await createHeadway(cwd, ['--help'])
  expect(help).toMatchObject({ code: 0, stderr: '' })
  expect(help.stdout).toMatchSnapshot()
  expect(await createHeadway(cwd, ['--version'])).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
  })
})
