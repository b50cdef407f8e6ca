import fc from 'fast-check'
import { type Shape, substitute, variantShape } from '../../src/emit/model/shapes.ts'
import { findUsage, received, type Usage } from '../../src/emit/model/usage.ts'
import type { Schema, TypeRef, TypeSchema } from '../../src/schema.ts'
import { camelNames } from './arbitrary-names.ts'

/** One value, as it is on the wire and as a program has it. */
export interface Pair {
  wire: unknown
  program: unknown
}

/** Makes values of the types of a schema, by what serde says, not by what is generated. */
export function createValues(schema: Schema): (shape: Shape, usage: Usage) => fc.Arbitrary<Pair> {
  const names = camelNames()
  const usages = findUsage(schema)
  /** Types are made of each other: each is made once. */
  const made = new Map<string, fc.Arbitrary<Pair>>()
  const types = new Map(schema.types.map((type) => [type.name, type]))

  const same = (values: fc.Arbitrary<unknown>): fc.Arbitrary<Pair> =>
    values.map((value) => ({ wire: value, program: value }))

  const anyOf = (shape: Shape, usage: Usage, depth: number): fc.Arbitrary<Pair> => {
    switch (shape.kind) {
      case 'string':
      case 'verbatim':
        return same(fc.string())
      case 'number':
        return same(fc.integer())
      case 'boolean':
        return same(fc.boolean())
      case 'unknown':
        return same(fc.jsonValue({ maxDepth: 1 }))
      case 'literal':
        return same(fc.constant(shape.value))
      case 'unit':
      case 'param':
      case 'upload':
        return same(fc.constant(null))
      case 'option':
        if (depth <= 0) return same(fc.constant(null))
        return fc.oneof(same(fc.constant(null)), anyOf(shape.of, usage, depth - 1))
      case 'list':
        if (depth <= 0) return same(fc.constant([]))
        return fc.array(anyOf(shape.of, usage, depth - 1), { maxLength: 2 }).map(unzip)
      case 'tuple':
        return fc.tuple(...shape.of.map((of) => anyOf(of, usage, depth - 1))).map(unzip)
      case 'map': {
        const keys = keysOf(shape.key)
        const entry = fc.tuple(keys, anyOf(shape.value, usage, depth - 1))
        const length = { maxLength: depth <= 0 ? 0 : 2 }
        return fc.array(entry, length).map((entries) => ({
          wire: Object.fromEntries(entries.map(([key, { wire }]) => [key, wire])),
          program: Object.fromEntries(entries.map(([key, { program }]) => [key, program])),
        }))
      }
      case 'object':
        return objectOf(shape, usage, depth)
      case 'named': {
        const type = types.get(shape.name)
        if (!type) return same(fc.constant(null))
        const args = new Map(
          type.params.map((param, at): [string, TypeRef] => [
            param,
            shape.args[at] ?? { kind: 'unit' },
          ]),
        )
        return namedOf(type, args, depth - 1)
      }
    }
  }

  const keysOf = (key: TypeRef): fc.Arbitrary<string> => {
    const type = key.kind === 'named' ? types.get(key.name) : undefined
    if (type?.form !== 'enum') return fc.string()
    return fc.constantFrom(...type.variants.map(({ wireName }) => wireName))
  }

  const namedOf = (
    type: TypeSchema,
    args: ReadonlyMap<string, TypeRef>,
    depth: number,
  ): fc.Arbitrary<Pair> => {
    const key = JSON.stringify([type.name, [...args], depth])
    const known = made.get(key) ?? makeNamed(type, args, depth)
    made.set(key, known)
    return known
  }

  const makeNamed = (
    type: TypeSchema,
    args: ReadonlyMap<string, TypeRef>,
    depth: number,
  ): fc.Arbitrary<Pair> => {
    const usage = usages.get(type.name) ?? received
    switch (type.form) {
      case 'alias':
        return anyOf(substitute(type.type, args), usage, depth)
      case 'object': {
        const shape: Shape = { kind: 'object', fields: type.fields }
        return anyOf(substitute<Shape>(shape, args), usage, depth)
      }
      case 'enum':
        return fc.oneof(
          ...type.variants.map((variant) =>
            anyOf(substitute<Shape>(variantShape(type.tagging, variant), args), usage, depth),
          ),
        )
    }
  }

  const objectOf = (
    { fields }: Shape & { kind: 'object' },
    usage: Usage,
    depth: number,
  ): fc.Arbitrary<Pair> =>
    fc
      .tuple(
        ...fields.map((field): fc.Arbitrary<Pair> => {
          const mayBeMissing = usage.out ? field.optionalOut : field.optionalIn
          if (field.flatten) {
            if (field.type.kind !== 'map') return inPlace(field.type, usage, depth)
            return inPlace({ ...field.type, key: { kind: 'literal', value: '' } }, usage, depth)
          }
          const { wireName } = field
          const name = field.isFixed ? wireName : (names.get(wireName) ?? wireName)
          const present = anyOf(field.type, usage, depth - 1).map(({ wire, program }) => ({
            wire: { [wireName]: wire },
            program: { [name]: program },
          }))
          return mayBeMissing ? fc.oneof(present, fc.constant({ wire: {}, program: {} })) : present
        }),
      )
      .map((parts) => ({
        wire: Object.assign({}, ...parts.map(({ wire }) => wire)),
        program: Object.assign({}, ...parts.map(({ program }) => program)),
      }))

  /** A map that is flattened has keys that no member has. */
  const inPlace = (shape: Shape, usage: Usage, depth: number): fc.Arbitrary<Pair> =>
    shape.kind === 'map'
      ? fc.constantFrom({ wire: {}, program: {} }, { wire: { x_y: 1 }, program: { x_y: 1 } })
      : anyOf(shape, usage, depth)

  return (shape, usage) => anyOf(shape, usage, 3)
}

function unzip(pairs: Pair[]): Pair {
  return { wire: pairs.map(({ wire }) => wire), program: pairs.map(({ program }) => program) }
}
