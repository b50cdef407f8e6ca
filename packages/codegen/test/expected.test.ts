import { execFileSync } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import type { Case } from '../src/emit/model/naming.ts'
import type { Target } from '../src/emit/options.ts'
import { readSources } from '../src/files/read-sources.ts'
import { parseSources } from '../src/parse-sources.ts'
import type { Schema } from '../src/schema.ts'
import { castsIn, typeErrors } from './support/compile.ts'
import { generate } from './support/generate.ts'

/*
 * The output for each fixture, to the byte. `types.ts` and `convert.ts` stand once, above the folders of the
 * targets that share them, and each of these folders has a line in their place. After an intended change:
 *
 *   npx vitest run --config vitest.workspace.ts --project codegen packages/codegen/test/expected.test.ts -u
 */

const targets: Target[] = ['core', 'svelte', 'react', 'vue']
const cases: [fixture: string, style: Case][] = [
  ['minimal', 'camel'],
  ['primitives', 'camel'],
  ['models_and_enums', 'camel'],
  ['custom_args', 'camel'],
  ['jobs_and_workflows', 'camel'],
  ['jobs_and_workflows', 'wire'],
  ['upload', 'camel'],
  ['full_app', 'camel'],
  ['full_app', 'wire'],
  ['full_app_with_auth', 'camel'],
  ['argument_shapes', 'camel'],
  ['argument_shapes', 'wire'],
]

const path = (file: string): string => fileURLToPath(new URL(file, import.meta.url))

describe.each(cases)('%s, --case %s', (fixture, style) => {
  it('is the expected output, to the byte', async () => {
    const expected = toFolder(await outputsOf(fixture, style))
    for (const [file, text] of Object.entries(expected)) {
      await expect(text).toMatchFileSnapshot(path(`expected/${fixture}/${style}/${file}`))
    }
    const found = await readdir(path(`expected/${fixture}/${style}`), {
      recursive: true,
      withFileTypes: true,
    })
    const files = found.filter((entry) => entry.isFile())
    expect(files.map(({ parentPath, name }) => join(parentPath, name)).sort()).toEqual(
      Object.keys(expected)
        .map((file) => path(`expected/${fixture}/${style}/${file}`))
        .sort(),
    )
  })

  it.each(targets)('type-checks for %s, without a cast', async (target) => {
    const files = generate(await schemaOf(fixture), { target, case: style })
    expect(typeErrors(files)).toEqual([])
    expect(Object.values(files).flatMap(castsIn)).toEqual([])
  })
})

it('has no folder of another fixture or case', async () => {
  const found = await readdir(path('expected'))
  const folders = await Promise.all(
    found.map(async (fixture) =>
      (await readdir(path(`expected/${fixture}`))).map((style) => [fixture, style].join()),
    ),
  )
  expect(folders.flat().sort()).toEqual(cases.map((one) => one.join()).sort())
})

it('is found without a bundler, for core: as Node finds modules', async () => {
  const files = generate(await schemaOf('full_app'), { target: 'core', case: 'camel' })
  const node = {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
  }
  expect(typeErrors(files, node)).toEqual([])
})

it('is formatted as Biome formats it, and passes its rules', () => {
  const biome = path('../../../node_modules/@biomejs/biome/bin/biome')
  const args = [biome, 'check', '--error-on-warnings', path('expected')]
  expect(() => execFileSync(process.execPath, args, { stdio: 'pipe' })).not.toThrow()
})

type Files = Readonly<Record<string, string>>

async function outputsOf(fixture: string, style: Case): Promise<Record<Target, Files>> {
  const schema = await schemaOf(fixture)
  const filesFor = (target: Target): Files => generate(schema, { target, case: style })
  return {
    core: filesFor('core'),
    svelte: filesFor('svelte'),
    react: filesFor('react'),
    vue: filesFor('vue'),
  }
}

/** The files of one folder of `expected`. Shared are those that import nothing of their target's folder. */
function toFolder(outputs: Record<Target, Files>): Files {
  const folder: Record<string, string> = {}
  for (const target of targets) {
    for (const [name, text] of Object.entries(outputs[target])) {
      const sharing = targets.filter((other) => outputs[other][name] === text)
      const isShared = sharing.length > 1 && (name === 'types.ts' || name === 'convert.ts')
      if (isShared) folder[name] = text
      folder[`${target}/${name}`] = isShared ? `export * from '../${name}'\n` : text
    }
  }
  return folder
}

async function schemaOf(fixture: string): Promise<Schema> {
  const parsed = await parseSources(await readSources(path(`fixtures/${fixture}`)))
  if ('schema' in parsed) return parsed.schema
  throw new Error(parsed.problems.map(({ message }) => message).join('\n'))
}
