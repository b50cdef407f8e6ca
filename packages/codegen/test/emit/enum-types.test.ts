import { describe, expect, it } from 'vitest'
import * as s from '../support/build-schema.ts'
import { generated } from '../support/generate.ts'

const { t } = s
const user = s.named('User')
const userType = s.object('User', s.fields({ id: t.string }))

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
