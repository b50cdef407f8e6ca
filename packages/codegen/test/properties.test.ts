import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { emit } from '../src/emit/emit.ts'
import type { Shape } from '../src/emit/model/shapes.ts'
import { received, sent } from '../src/emit/model/usage.ts'
import type { FunctionSchema, Schema } from '../src/schema.ts'
import { arbitrarySchema } from './support/arbitrary-schema.ts'
import { createValues } from './support/arbitrary-value.ts'
import { type Codec, loadCodecs } from './support/codecs.ts'
import { castsIn, typeErrors } from './support/compile.ts'

const targets = ['core', 'svelte', 'react', 'vue'] as const
const cases = ['camel', 'wire'] as const

/** No semicolons, single quotes, 100 columns. */
const biomeOptions = {
  formatter: { indentStyle: 'space', lineWidth: 100 },
  javascript: { formatter: { quoteStyle: 'single', semicolons: 'asNeeded' } },
}

/** The files for a schema; none when something in it cannot be written. */
function filesOf(schema: Schema, target: (typeof targets)[number], as: (typeof cases)[number]) {
  const emitted = emit(schema, { target, case: as })
  return 'files' in emitted ? emitted.files : []
}

it('the compiler has something against what is wrong', () => {
  const text = "export const a: number = 'b' as any\nconst unused = 1\n"
  expect(typeErrors({ 'wrong.ts': text.replace(' as any', '') })).toHaveLength(2)
  expect(castsIn(text)).toEqual(["'b' as any", 'any'])
})

it('any schema is TypeScript that the real compiler has nothing against', () => {
  const files: Record<string, string> = {}
  const schemas = fc.sample(arbitrarySchema, { numRuns: 40, seed: 1 })
  schemas.forEach((schema, at) => {
    for (const target of targets) {
      for (const as of cases) {
        for (const { path, text } of filesOf(schema, target, as)) {
          files[`${at}/${target}-${as}/${path}`] = text
        }
      }
    }
  })
  expect(typeErrors(files)).toEqual([])
  // A project may be less strict, which is stricter in places.
  const lax = { exactOptionalPropertyTypes: false, noUncheckedIndexedAccess: false }
  expect(typeErrors(files, lax)).toEqual([])
  expect(Object.values(files).flatMap(castsIn)).toEqual([])
})

it('any schema is formatted as Biome formats it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'headway-'))
  try {
    await writeFile(join(folder, 'biome.json'), JSON.stringify(biomeOptions))
    const schemas = fc.sample(arbitrarySchema, { numRuns: 60, seed: 3 })
    for (const [at, schema] of schemas.entries()) {
      for (const target of targets) {
        const path = join(folder, 'generated', `${at}-${target}`)
        await mkdir(path, { recursive: true })
        for (const file of filesOf(schema, target, 'camel')) {
          await writeFile(join(path, file.path), file.text)
        }
      }
    }
    const biome = fileURLToPath(
      new URL('../../../node_modules/@biomejs/biome/bin/biome', import.meta.url),
    )
    const options = { cwd: folder, stdio: 'pipe', timeout: 50_000 } as const
    expect(() =>
      execFileSync(process.execPath, [biome, 'format', 'generated'], options),
    ).not.toThrow()
  } finally {
    await rm(folder, { recursive: true })
  }
})

it('most schemas can be written', () => {
  const schemas = fc.sample(arbitrarySchema, { numRuns: 200, seed: 2 })
  const written = schemas.filter((schema) => filesOf(schema, 'core', 'camel').length > 0)
  expect(written.length).toBeGreaterThan(120)
})

/** The codecs that were generated, by their names. */
function codecsOf(schema: Schema): Record<string, Codec> {
  const file = filesOf(schema, 'core', 'camel').find(({ path }) => path === 'convert.ts')
  return loadCodecs(file?.text ?? '')
}

function argsShape({ args }: FunctionSchema): Shape | null {
  if (args.form === 'none') return null
  return args.form === 'direct' ? args.type : { kind: 'object', fields: args.fields }
}

it('what any schema sends and receives is converted, and nothing is lost', () => {
  const runs = arbitrarySchema.chain((schema) => {
    const values = createValues(schema)
    const pairs = schema.functions.map((fn) => {
      const args = argsShape(fn)
      return fc.record({
        name: fc.constant(fn.name),
        args: args ? values(args, sent) : fc.constant({ wire: null, program: null }),
        output: values(fn.output, received),
      })
    })
    return fc.tuple(...pairs).map((functions) => ({ schema, functions }))
  })
  fc.assert(
    fc.property(runs, ({ schema, functions }) => {
      fc.pre(filesOf(schema, 'core', 'camel').length > 0)
      const codecs = codecsOf(schema)
      for (const { name, args, output } of functions) {
        const { toWire, fromWire } = codecs[`${name.replace('_', '')}Codec`] ?? {}
        // As the client does: null is given to no codec.
        const encode = (value: unknown) => (toWire && value !== null ? toWire(value) : value)
        const decode = (value: unknown) => (fromWire && value !== null ? fromWire(value) : value)
        expect(encode(args.program)).toEqual(args.wire)
        expect(decode(output.wire)).toEqual(output.program)
      }
    }),
    { numRuns: 300 },
  )
})

it('the same schema in any order is the same to the byte', () => {
  const shuffled = arbitrarySchema.chain((schema) =>
    fc
      .record({
        functions: fc.shuffledSubarray(schema.functions, { minLength: schema.functions.length }),
        types: fc.shuffledSubarray(schema.types, { minLength: schema.types.length }),
      })
      .map((other) => ({ schema, other })),
  )
  fc.assert(
    fc.property(shuffled, ({ schema, other }) => {
      expect(filesOf(other, 'svelte', 'camel')).toEqual(filesOf(schema, 'svelte', 'camel'))
    }),
  )
})
