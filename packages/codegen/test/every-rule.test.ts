import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import type { EmitOptions } from '../src/emit/options.ts'
import { typeErrors } from './support/compile.ts'
import { generate } from './support/generate.ts'
import { parse } from './support/parse.ts'

const everyRule = await readFile(new URL('support/every-rule.rs', import.meta.url), 'utf8')
const options = (['core', 'svelte', 'react', 'vue'] as const).flatMap((target) =>
  (['camel', 'wire'] as const).map((style): EmitOptions => ({ target, case: style })),
)

it.each(options)('from every rule of Rust comes TypeScript without errors: %o', async (options) => {
  expect(typeErrors(generate(await parse(everyRule), options))).toEqual([])
})
