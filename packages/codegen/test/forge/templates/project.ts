import { execFile } from 'node:child_process'
import { appendFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { generate } from '../../../src/generate.ts'
import { applyEdits, type Edits } from './read-edits.ts'

const repository = fileURLToPath(new URL('../../../../..', import.meta.url))
const execute = promisify(execFile)

/** Runs a program, and gives what it said; throws with that when it fails. */
export async function run(cwd: string, program: string, ...args: string[]): Promise<string> {
  try {
    const { stdout, stderr } = await execute(program, args, { cwd, maxBuffer: 100_000_000 })
    return stdout + stderr
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string }
    throw new Error(`${program} ${args.join(' ')} failed:\n${stdout}${stderr}`, { cause: error })
  }
}

/** Installs what the templates ask for, but with our packages in the place of Forge's, as npm would publish them. */
export async function install(folder: string, templates: readonly string[]): Promise<void> {
  const ours = ['core', 'svelte']
  await run(
    repository,
    'npm',
    'run',
    'build',
    ...ours.flatMap((name) => ['-w', `@headway/${name}`]),
  )
  await mkdir(join(folder, 'packed'))
  const dependencies: Record<string, string> = {}
  for (const template of templates) {
    const text = await readFile(join(folder, template, 'frontend/package.json'), 'utf8')
    Object.assign(dependencies, JSON.parse(text).devDependencies)
  }
  delete dependencies['@forge-rs/svelte']
  for (const name of ours) {
    const workspace = join(repository, 'packages', name)
    const said = await run(
      workspace,
      'npm',
      'pack',
      '--json',
      '--pack-destination',
      join(folder, 'packed'),
    )
    const [{ filename }] = JSON.parse(said.slice(said.indexOf('[')))
    dependencies[`@headway/${name}`] = `file:packed/${filename}`
  }
  const root = { name: 'templates', private: true, type: 'module', dependencies }
  await writeFile(join(folder, 'package.json'), JSON.stringify(root))
  await run(folder, 'npm', 'install', '--no-audit', '--no-fund', '--ignore-scripts')
}

/** Changes a template over: generated files in the place of Forge's, and the edits of the docs. */
export async function changeOver(template: string, edits: Edits): Promise<void> {
  const frontend = join(template, 'frontend')
  const out = join(frontend, 'src/lib/forge')
  await rm(out, { recursive: true })
  const from = join(template, 'src')
  const generated = await generate({ from, target: 'svelte', case: 'wire', out })
  if (generated.status === 'refused') {
    throw new Error(generated.problems.map(({ message }) => message).join('\n'))
  }
  for (const path of await filesIn(join(frontend, 'src'))) {
    const text = await readFile(path, 'utf8')
    await writeFile(path, applyEdits(text, edits))
  }
  for (const [path, text] of edits.files) {
    await mkdir(dirname(join(frontend, path)), { recursive: true })
    await writeFile(join(frontend, path), text)
  }
  for (const { path, line } of edits.added) await appendFile(join(frontend, path), `${line}\n`)
}

/** The lines of a template's pages. */
export async function sourcesOf(template: string): Promise<string[]> {
  const files = await filesIn(join(template, 'frontend/src'))
  const texts = await Promise.all(files.map((path) => readFile(path, 'utf8')))
  return texts.flatMap((text) => text.split('\n'))
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  return files.map(({ parentPath, name }) => join(parentPath, name))
}
