import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { loadCodecs } from './support/codecs.ts'
import { typeErrors } from './support/compile.ts'
import { generate } from './support/generate.ts'
import { parse } from './support/parse.ts'

/*
 * Values of the types in `recorded/src/types.rs`, written by serde_json itself in the program
 * beside it. Where serde and the generated types differ, serde is right.
 */

const read = (path: string) => readFile(new URL(`recorded/${path}`, import.meta.url), 'utf8')
const declared = await read('src/types.rs')
const lines = (await read('values.jsonl')).trimEnd().split('\n')
const values = lines.map((line): { type: string; json: unknown } => JSON.parse(line))
const types = [...new Set(values.map(({ type }) => type))]
const nameOf = (type: string) => `echo${types.indexOf(type)}`

const schema = await parse(
  types.reduce((rust, type) => `${rust}\n${echo(type)}`, declared.replaceAll('//!', '//')),
)

/** A function that gives a value, and takes one where its type can be read. */
function echo(type: string): string {
  const given = type === 'Borrowed' ? '' : `, value: ${type}, _more: bool`
  return `#[mutation] fn ${nameOf(type)}(_: &MutationContext${given}) -> ${type} {}`
}

it.each(['wire', 'camel'] as const)('of serde’s own types comes strict TypeScript: %s', (style) => {
  expect(typeErrors(generate(schema, { case: style }))).toEqual([])
})

it('what serde has written is of the types that are generated', () => {
  expect(typeErrors({ ...generate(schema, { case: 'wire' }), 'values.ts': valuesFile() })).toEqual(
    [],
  )
})

function valuesFile(): string {
  const constants = values.map(({ type, json }, at) => {
    return `export const value${at}: Output<typeof api.${nameOf(type)}> = ${JSON.stringify(json)}`
  })
  return [
    "import type { MutationDefinition } from '@headway/core'",
    "import type * as api from './api.js'",
    'type Output<T> = T extends MutationDefinition<infer _, infer Output> ? Output : never',
    ...constants,
  ].join('\n')
}

it('what serde has written is the same once it has been converted there and back', () => {
  const codecs = loadCodecs(generate(schema)['convert.ts'] ?? '')
  const converted = values.map(({ type, json }) => {
    const { fromWire, toWire } = codecs[`${nameOf(type)}Codec`] ?? {}
    const value = fromWire ? fromWire(json) : json
    const args = toWire ? toWire({ value }) : { value }
    return { type, json: type === 'Borrowed' ? json : memberOf(args, 'value') }
  })
  expect(converted).toEqual(values)
})

function memberOf(object: unknown, name: string): unknown {
  return Object.entries(object ?? {}).find(([key]) => key === name)?.[1]
}
