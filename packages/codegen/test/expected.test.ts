import { execFileSync } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import type { EmitOptions } from '../src/emit/options.ts'
import { readSources } from '../src/files/read-sources.ts'
import { parseSources } from '../src/parse-sources.ts'
import type { Schema } from '../src/schema.ts'
import { castsIn, typeErrors } from './support/compile.ts'
import { generate } from './support/generate.ts'

/*
 * What is written for each fixture stands in `expected`, to the byte. After a change that is meant:
 *
 *   npx vitest run --config vitest.workspace.ts --project codegen packages/codegen/test/expected.test.ts -u
 */

const fixtures = [
  'minimal',
  'primitives',
  'models_and_enums',
  'custom_args',
  'jobs_and_workflows',
  'upload',
  'full_app',
  'full_app_with_auth',
  'argument_shapes',
]
const targets: EmitOptions['target'][] = ['core', 'svelte', 'react', 'vue']
const cases: [fixture: string, options: EmitOptions][] = fixtures.flatMap((fixture) => [
  ...targets.map((target): [string, EmitOptions] => [fixture, { target, case: 'camel' }]),
  ...(['jobs_and_workflows', 'full_app', 'argument_shapes'].includes(fixture)
    ? targets.map((target): [string, EmitOptions] => [fixture, { target, case: 'wire' }])
    : []),
])

const folderOf = (fixture: string, options: EmitOptions): string =>
  path(`expected/${fixture}/${options.target}-${options.case}`)

const path = (file: string): string => fileURLToPath(new URL(file, import.meta.url))

describe.each(cases)('%s for %o', (fixture, options) => {
  it('is what is expected, and type-checks', async () => {
    const files = generate(await schemaOf(fixture), options)
    for (const [name, text] of Object.entries(files)) {
      await expect(text).toMatchFileSnapshot(`${folderOf(fixture, options)}/${name}`)
    }
    expect(typeErrors(files)).toEqual([])
    expect(Object.values(files).flatMap(castsIn)).toEqual([])
  })
})

it('is found without a bundler, for core: as Node finds modules', async () => {
  const files = generate(await schemaOf('full_app'), { target: 'core', case: 'camel' })
  const node = {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
  }
  expect(typeErrors(files, node)).toEqual([])
})

it('is all that is expected', async () => {
  const written = await Promise.all(
    cases.map(async ([fixture, options]) =>
      Object.keys(generate(await schemaOf(fixture), options)).map((name) =>
        join(folderOf(fixture, options), name),
      ),
    ),
  )
  const found = await readdir(path('expected'), { recursive: true, withFileTypes: true })
  const files = found.filter((entry) => entry.isFile())
  expect(files.map(({ parentPath, name }) => join(parentPath, name)).sort()).toEqual(
    written.flat().sort(),
  )
})

it('is formatted as Biome formats it, and Biome finds nothing to say', () => {
  const biome = path('../../../node_modules/@biomejs/biome/bin/biome')
  const args = [biome, 'check', '--error-on-warnings', path('expected')]
  expect(() => execFileSync(process.execPath, args, { stdio: 'pipe' })).not.toThrow()
})

async function schemaOf(fixture: string): Promise<Schema> {
  const parsed = await parseSources(await readSources(path(`fixtures/${fixture}`)))
  if ('schema' in parsed) return parsed.schema
  throw new Error(parsed.problems.map(({ message }) => message).join('\n'))
}
