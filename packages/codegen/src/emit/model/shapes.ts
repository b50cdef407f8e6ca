import type { FieldSchema, Tagging, TypeRef, VariantSchema } from '../../schema.ts'

/** A type where it is used, or an object that has no name of its own. */
export type Shape = TypeRef | ObjectShape

export interface ObjectShape {
  kind: 'object'
  fields: readonly Field[]
}

/** A field, of a type or of an object without a name. */
export interface Field extends Omit<FieldSchema, 'type'> {
  type: Shape
  /** Its name is a value, such as that of a variant: it is the same in TypeScript, whatever the case. */
  isFixed?: boolean
  /** Of a flattened type: it is written by its name, `{ type: 'created' } & User`. */
  isNamed?: boolean
}

/** What a variant is on the wire. @see https://serde.rs/enum-representations.html */
export function variantShape(tagging: Tagging, variant: VariantSchema): Shape {
  const { wireName, shape, place } = variant
  const plain = { docs: [], optionalIn: false, optionalOut: false, flatten: false, only: null }
  const tagged = (tag: string, ...fields: Field[]): ObjectShape => {
    const type: TypeRef = { kind: 'literal', value: wireName }
    return { kind: 'object', fields: [{ ...plain, wireName: tag, type, place }, ...fields] }
  }
  const content: Shape | null =
    shape.form === 'unit'
      ? null
      : shape.form === 'value'
        ? shape.type
        : { kind: 'object', fields: shape.fields }
  switch (tagging.style) {
    case 'external': {
      if (!content) return { kind: 'literal', value: wireName }
      const field = { ...plain, wireName, type: content, place, isFixed: true }
      return { kind: 'object', fields: [field] }
    }
    case 'internal': {
      if (!content) return tagged(tagging.tag)
      if (content.kind === 'object') return tagged(tagging.tag, ...content.fields)
      const inside = { ...plain, wireName, type: content, place, flatten: true, isNamed: true }
      return tagged(tagging.tag, inside)
    }
    case 'adjacent': {
      if (!content) return tagged(tagging.tag)
      return tagged(tagging.tag, { ...plain, wireName: tagging.content, type: content, place })
    }
    case 'untagged':
      return content ?? { kind: 'unit' }
  }
}

/** A shape with the arguments of a generic type in the place of its parameters. */
export function substitute<S extends Shape>(shape: S, values: ReadonlyMap<string, TypeRef>): S
export function substitute(shape: Shape, values: ReadonlyMap<string, TypeRef>): Shape {
  if (values.size === 0) return shape
  switch (shape.kind) {
    case 'param':
      return values.get(shape.name) ?? shape
    case 'option':
    case 'list':
      return { ...shape, of: substitute(shape.of, values) }
    case 'tuple':
      return { ...shape, of: shape.of.map((inner) => substitute(inner, values)) }
    case 'map':
      return {
        ...shape,
        key: substitute(shape.key, values),
        value: substitute(shape.value, values),
      }
    case 'named':
      return { ...shape, args: shape.args.map((arg) => substitute(arg, values)) }
    case 'object':
      return {
        ...shape,
        fields: shape.fields.map((field) => ({ ...field, type: substitute(field.type, values) })),
      }
    default:
      return shape
  }
}

/** The shapes that stand directly in this one. */
export function innerShapes(shape: Shape): readonly Shape[] {
  switch (shape.kind) {
    case 'option':
    case 'list':
      return [shape.of]
    case 'tuple':
      return shape.of
    case 'map':
      return [shape.key, shape.value]
    case 'named':
      return shape.args
    case 'object':
      return shape.fields.map((field) => field.type)
    default:
      return []
  }
}

/** What is in an `Option`, or in an `Option` of one: both are `T | null`. */
export function stripOptions(shape: Shape): Shape {
  return shape.kind === 'option' ? stripOptions(shape.of) : shape
}

/** The types of which a shape is one: `T` and `null`, say. */
export function optionsOf(shape: Shape): Shape[] {
  const of = stripOptions(shape)
  if (shape.kind !== 'option' || of.kind === 'unknown' || of.kind === 'unit') return [of]
  return [of, { kind: 'unit' }]
}
