import { describe, expect, it } from 'vitest'
import type { TypeRef } from '../../src/schema.ts'
import * as s from '../support/build-schema.ts'
import { typeErrors } from '../support/compile.ts'
import { generate, generated } from '../support/generate.ts'

const { t } = s
const user = s.named('User')
const userType = s.object('User', s.fields({ id: t.string }))

/** A type, as a member of something that is received. */
function typeOf(type: TypeRef): string {
  const it = s.object('It', s.fields({ it: type }))
  const role = s.variants('Role', { admin: null, guest: null })
  const id = s.alias('Id', t.string)
  const page = s.object('Page', s.fields({ items: s.list(s.param('T')) }), { params: ['T'] })
  const all = s.schema(s.query('get_it', null, s.named('It')), it, role, id, page, userType)
  const [, text = ''] =
    /interface It \{\n {2}it: ([^}]*)\n\}/.exec(generated('types.ts', all)) ?? []
  return text
}

describe('a type', () => {
  it.each<[TypeRef, string]>([
    [t.string, 'string'],
    [t.number, 'number'],
    [t.boolean, 'boolean'],
    [t.unknown, 'unknown'],
    [t.unit, 'null'],
    [t.upload, 'File | Blob'],
    [{ kind: 'literal', value: "it's" }, '"it\'s"'],
    [{ kind: 'verbatim', text: 'Temporal.Instant' }, 'Temporal.Instant'],
    [s.option(t.string), 'string | null'],
    [s.option(s.option(t.string)), 'string | null'],
    [s.option(t.unknown), 'unknown'],
    [s.option(t.unit), 'null'],
    [s.option(t.upload), 'File | Blob | null'],
    [s.list(t.string), 'string[]'],
    [s.list(s.list(user)), 'User[][]'],
    [s.list(s.option(t.string)), '(string | null)[]'],
    [s.list(s.option(t.unknown)), 'unknown[]'],
    [s.list(t.upload), '(File | Blob)[]'],
    [s.list({ kind: 'verbatim', text: "'a' | 'b'" }), "('a' | 'b')[]"],
    [s.list({ kind: 'verbatim', text: 'Map<string, number>' }), 'Map<string, number>[]'],
    [s.option(s.list(t.string)), 'string[] | null'],
    [s.tuple(t.string, s.option(t.number)), '[string, number | null]'],
    [s.tuple(), '[]'],
    [s.map(user), 'Record<string, User>'],
    [s.map(t.string, t.number), 'Record<string, string>'],
    [s.map(t.string, s.named('Id')), 'Record<string, string>'],
    [s.map(t.string, s.named('Role')), 'Partial<Record<Role, string>>'],
    [s.named('Page', user), 'Page<User>'],
    [s.named('Page', s.option(user)), 'Page<User | null>'],
  ])('%j is %s', (type, text) => {
    expect(typeOf(type)).toBe(text)
  })
})

it('an alias is one, and may be of itself', () => {
  const all = s.schema(
    s.alias('UserId', t.string, { docs: ['Of a user.'] }),
    s.alias('Tree', s.list(s.named('Tree'))),
    s.alias('Maybe', s.option(s.param('T')), { params: ['T'] }),
  )
  expect(generated('types.ts', all)).toMatchInlineSnapshot(`
    "export type Maybe<T> = T | null

    export type Tree = Tree[]

    /** Of a user. */
    export type UserId = string"
  `)
})

it('a union that contains itself in a map is one that TypeScript can follow', () => {
  const json = s.named('Json')
  const all = s.schema(
    s.query('get', null, json),
    s.variants('Key', { a: null, b: null }),
    s.variants(
      'Json',
      { text: t.string, members: s.map(json), lists: s.map(s.list(json), s.named('Key')) },
      { style: 'untagged' },
    ),
  )
  expect(generated('types.ts', all)).toContain(
    'export type Json = string | { [key: string]: Json } | { [key in Key]?: Json[] }',
  )
  expect(typeErrors(generate(all))).toEqual([])
})
