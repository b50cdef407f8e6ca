import { describe, expect, it } from 'vitest'
import type { TypeSchema } from '../../src/schema.ts'
import * as s from '../support/build-schema.ts'
import { converted, user, userType } from '../support/converters.ts'
import { generate, generated } from '../support/generate.ts'

const { t } = s

it('uploads pass through', () => {
  const all = s.schema(
    s.mutation('put', s.fields({ the_file: t.upload, more: s.list(t.upload) }), t.unit),
  )
  expect(generated('convert.ts', all)).toMatchInlineSnapshot(`
    "import type { Codec } from '@headway/core'

    export const putCodec: Codec<{ theFile: File | Blob; more: (File | Blob)[] }, void> = {
      toWire: (args) => ({ the_file: args.theFile, more: args.more }),
    }"
  `)
})

it('a type that contains itself', () => {
  const type = s.object('Tree', s.fields({ sub_trees: s.list(s.named('Tree')) }))
  expect(converted(type)).toMatchInlineSnapshot(`
    "function treeFromWire(wire: TreeWire): Tree {
      return {
        subTrees: wire.sub_trees.map(treeFromWire),
      }
    }

    function treeToWire(value: Tree): TreeWire {
      return {
        sub_trees: value.subTrees.map(treeToWire),
      }
    }"
  `)
})

describe('nothing is converted', () => {
  const plain = s.object('Plain', s.fields({ id: t.string }))

  it.each<[string, TypeSchema[], 'camel' | 'wire']>([
    ['of types whose names are alike', [plain], 'camel'],
    ['of what no function reaches', [plain, userType], 'camel'],
    ['with --case wire', [s.object('Plain', s.fields({ the_id: t.string }))], 'wire'],
  ])('%s', (_, types, as) => {
    const ref = s.named('Plain')
    const files = generate(s.schema(s.mutation('echo', ref, ref), ...types), { case: as })
    expect(Object.keys(files)).toEqual(['api.ts', 'index.ts', 'types.ts'])
  })

  it('in the direction that a type does not go', () => {
    const text = generated('convert.ts', s.schema(s.query('get', null, user), userType))
    expect(text).toContain('userFromWire')
    expect(text).not.toContain('userToWire')
  })
})
