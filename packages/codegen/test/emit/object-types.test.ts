import { describe, expect, it } from 'vitest'
import * as s from '../support/build-schema.ts'
import { typeErrors } from '../support/compile.ts'
import { generate, generated } from '../support/generate.ts'

const { t } = s
const user = s.named('User')
const userType = s.object('User', s.fields({ id: t.string }))

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
