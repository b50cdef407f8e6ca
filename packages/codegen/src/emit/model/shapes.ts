import type { FieldSchema, Tagging, TypeRef, VariantSchema } from '../../schema.ts'

/** A type where it is used, or an object that has no name of its own. */
export type Shape = TypeRef | ObjectShape

export interface ObjectShape {
  kind: 'object'
  fields: readonly Field[]
}

/** A field of a named type, or of an object without a name. */
export interface Field extends Omit<FieldSchema, 'type'> {
  type: Shape
  /** True where the name is a value, such as a variant's: it stays the same in camelCase. */
  isFixed?: boolean
  /** True where a flattened type is written by its name, as in `{ type: 'created' } & User`. */
  isNamed?: boolean
}

/** The value of a variant on the wire. @see https://serde.rs/enum-representations.html */
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

/** Replaces type parameters by their arguments. */
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

/** The shapes directly inside this one. */
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

/** The type inside an `Option`, however often it is wrapped: each is `T | null`. */
export function stripOptions(shape: Shape): Shape {
  return shape.kind === 'option' ? stripOptions(shape.of) : shape
}

/** The members of the union that a shape is: `T` and `null` for an `Option`. */
export function optionsOf(shape: Shape): Shape[] {
  const of = stripOptions(shape)
  if (shape.kind !== 'option' || of.kind === 'unknown' || of.kind === 'unit') return [of]
  return [of, { kind: 'unit' }]
}
