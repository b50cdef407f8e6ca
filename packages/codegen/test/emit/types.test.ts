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

describe('a struct', () => {
  it('is an interface, with the doc comments of its members', () => {
    const type = s.object(
      'User',
      [
        ...s.fields({ user_id: t.string }, { docs: ['Never changes.'] }),
        ...s.fields({ 'x-y.z': t.string }),
      ],
      { docs: ['Somebody who has signed in.', '', 'Or out again.'] },
    )
    expect(generated('types.ts', s.schema(type))).toMatchInlineSnapshot(`
      "/**
       * Somebody who has signed in.
       *
       * Or out again.
       */
      export interface User {
        /** Never changes. */
        userId: string
        'x-y.z': string
      }"
    `)
  })

  it('without members is an object that has none', () => {
    expect(generated('types.ts', s.schema(s.object('Nothing', [])))).toMatchInlineSnapshot(
      `"export type Nothing = Record<string, never>"`,
    )
  })

  it('may have parameters', () => {
    const type = s.object('Pair', s.fields({ a: s.param('A'), b: s.option(s.param('B')) }), {
      params: ['A', 'B'],
    })
    expect(generated('types.ts', s.schema(type))).toMatchInlineSnapshot(`
      "export interface Pair<A, B> {
        a: A
        b: B | null
      }"
    `)
  })

  it('that is sent may lack what has a default; that is received, what is skipped; that goes both ways, what both allow', () => {
    const members = [
      ...s.fields({ name: t.string }),
      ...s.fields({ nick: s.option(t.string) }),
      ...s.fields({ tags: s.list(t.string) }, { optionalIn: true }),
      ...s.fields({ note: s.option(t.string) }, { optionalOut: true }),
    ]
    const all = s.schema(
      s.mutation('send', s.named('Sent'), t.unit),
      s.query('receive', null, s.named('Received')),
      s.mutation('echo', s.named('Both'), s.named('Both')),
      s.object('Sent', members),
      s.object('Received', members),
      s.object('Both', members),
    )
    expect(generated('types.ts', all)).toMatchInlineSnapshot(`
      "export interface Both {
        name: string
        nick: string | null
        tags: string[]
        note?: string | null
      }

      export interface Received {
        name: string
        nick: string | null
        tags: string[]
        note?: string | null
      }

      export interface Sent {
        name: string
        nick?: string | null
        tags?: string[]
        note?: string | null
      }"
    `)
  })

  it('has what one side alone knows only where it goes that way', () => {
    const members = [
      ...s.fields({ name: t.string }),
      ...s.fields({ password: t.string }, { only: 'in' }),
      ...s.fields({ id: t.string }, { only: 'out' }),
    ]
    const all = s.schema(
      s.mutation('send', s.named('Sent'), t.unit),
      s.query('receive', null, s.named('Received')),
      s.object('Sent', members),
      s.object('Received', members),
    )
    expect(generated('types.ts', all)).toMatchInlineSnapshot(`
      "export interface Received {
        name: string
        id: string
      }

      export interface Sent {
        name: string
        password: string
      }"
    `)
  })
})

describe('what is flattened', () => {
  const audit = s.object('Audit', s.fields({ created_at: t.string, by: user }))

  it('of a struct stands among the others', () => {
    const type = s.object('Post', [
      ...s.fields({ title: t.string }),
      ...s.flatten(s.named('Audit')),
    ])
    expect(generated('types.ts', s.schema(type, audit, userType))).toMatchInlineSnapshot(`
      "export interface Audit {
        createdAt: string
        by: User
      }

      export interface Post {
        title: string
        createdAt: string
        by: User
      }

      export interface User {
        id: string
      }"
    `)
  })

  it('of a struct that is optional may be missing', () => {
    const type = s.object('Post', s.flatten(s.option(s.named('Audit'))))
    expect(generated('types.ts', s.schema(type, audit, userType))).toMatchInlineSnapshot(`
      "export interface Audit {
        createdAt: string
        by: User
      }

      export interface Post {
        createdAt?: string
        by?: User
      }

      export interface User {
        id: string
      }"
    `)
  })

  it('of a map is any other member', () => {
    const all = s.schema(
      s.object('Loose', [...s.fields({ id: t.string }), ...s.flatten(s.map(t.unknown))]),
      s.object('Strict', [...s.fields({ id: t.string }), ...s.flatten(s.map(t.number))]),
    )
    expect(generated('types.ts', all)).toMatchInlineSnapshot(`
      "export interface Loose {
        id: string
        [key: string]: unknown
      }

      export interface Strict {
        id: string
        [key: string]: number | string
      }"
    `)
  })

  it('of an enum is beside the others', () => {
    const state = s.variants(
      'State',
      { open: null, done: s.fields({ at: t.string }) },
      { style: 'internal', tag: 'state' },
    )
    const type = s.object('Task', [...s.fields({ id: t.string }), ...s.flatten(s.named('State'))])
    expect(generated('types.ts', s.schema(type, state))).toMatchInlineSnapshot(`
      "export type State = { state: 'open' } | { state: 'done'; at: string }

      export type Task = {
        id: string
      } & State"
    `)
  })
})

describe('an enum', () => {
  const shapes = {
    Off: null,
    Dimmed: s.fields({ percent_on: t.number }),
    Of: user,
    At: s.tuple(t.number, t.number),
  }

  it('of names alone is these', () => {
    const type = s.variants('Role', { admin: null, 'team-lead': null, "it's": null })
    expect(generated('types.ts', s.schema(type))).toMatchInlineSnapshot(
      `"export type Role = 'admin' | 'team-lead' | "it's""`,
    )
  })

  it('has the doc comments of its variants', () => {
    const type = s.variants('Role', { admin: null, guest: null })
    const documented = {
      ...type,
      ...(type.form === 'enum' && {
        variants: type.variants.map((variant) => ({
          ...variant,
          docs: [`Is ${variant.wireName}.`],
        })),
      }),
    }
    expect(generated('types.ts', s.schema(documented))).toMatchInlineSnapshot(`
      "export type Role =
        /** Is admin. */
        | 'admin'
        /** Is guest. */
        | 'guest'"
    `)
  })

  it('is tagged from outside', () => {
    expect(
      generated('types.ts', s.schema(s.variants('Light', shapes), userType)),
    ).toMatchInlineSnapshot(`
      "export type Light =
        | 'Off'
        | { Dimmed: { percentOn: number } }
        | { Of: User }
        | { At: [number, number] }

      export interface User {
        id: string
      }"
    `)
  })

  it('is tagged from inside', () => {
    const { At: _, ...others } = shapes
    const type = s.variants('Light', others, { style: 'internal', tag: 'light_kind' })
    expect(generated('types.ts', s.schema(type, userType))).toMatchInlineSnapshot(`
      "export type Light =
        | { lightKind: 'Off' }
        | { lightKind: 'Dimmed'; percentOn: number }
        | ({ lightKind: 'Of' } & User)

      export interface User {
        id: string
      }"
    `)
  })

  it('is tagged beside what is in it', () => {
    const type = s.variants('Light', shapes, {
      style: 'adjacent',
      tag: 'type',
      content: 'the_data',
    })
    expect(generated('types.ts', s.schema(type, userType))).toMatchInlineSnapshot(`
      "export type Light =
        | { type: 'Off' }
        | { type: 'Dimmed'; theData: { percentOn: number } }
        | { type: 'Of'; theData: User }
        | { type: 'At'; theData: [number, number] }

      export interface User {
        id: string
      }"
    `)
  })

  it('has no tag', () => {
    const type = s.variants(
      'Light',
      { ...shapes, Maybe: s.option(t.string) },
      { style: 'untagged' },
    )
    expect(generated('types.ts', s.schema(type, userType))).toMatchInlineSnapshot(`
      "export type Light = null | { percentOn: number } | User | [number, number] | string

      export interface User {
        id: string
      }"
    `)
  })

  it('of one variant is that, of none nothing', () => {
    const all = s.schema(s.variants('One', { only: null }), s.variants('None', {}))
    expect(generated('types.ts', all)).toMatchInlineSnapshot(`
      "export type None = never

      export type One = 'only'"
    `)
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

it('a flattened enum that may be missing may lack all that it has', () => {
  const all = s.schema(
    s.query('get', null, s.named('It')),
    s.variants('State', { open: null, done: null }, { style: 'internal', tag: 'state' }),
    s.object('It', [...s.fields({ id: t.string }), ...s.flatten(s.option(s.named('State')))]),
  )
  const files = generate(all, { case: 'wire' })
  const values = ['{ id: "a" }', '{ id: "a", state: "open" }'].map(
    (value, at) => `export const value${at}: It = ${value}`,
  )
  const lines = ["import type { It } from './types.js'", ...values]
  expect(typeErrors({ ...files, 'values.ts': lines.join('\n') })).toEqual([])
})

it('--case wire names members as they are on the wire', () => {
  const type = s.object('User', s.fields({ user_id: t.string, 'x-y': t.string }))
  expect(generated('types.ts', s.schema(type), { case: 'wire' })).toMatchInlineSnapshot(`
    "export interface User {
      user_id: string
      'x-y': string
    }"
  `)
})
