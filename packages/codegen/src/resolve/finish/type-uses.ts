import type { Place } from '../../problem.ts'
import type { FieldSchema, FunctionSchema, TypeRef, TypeSchema } from '../../schema.ts'

/** A type with every type inside it. */
export function refsIn(ref: TypeRef): TypeRef[] {
  switch (ref.kind) {
    case 'option':
    case 'list':
      return [ref, ...refsIn(ref.of)]
    case 'tuple':
      return [ref, ...ref.of.flatMap(refsIn)]
    case 'map':
      return [ref, ...refsIn(ref.key), ...refsIn(ref.value)]
    case 'named':
      return [ref, ...ref.args.flatMap(refsIn)]
    default:
      return [ref]
  }
}

/** A type, and the place that uses it. */
export interface Use {
  ref: TypeRef
  place: Place
}

/** The types that a declared type uses. */
export function usesOfType(type: TypeSchema): Use[] {
  if (type.form === 'alias') return [{ ref: type.type, place: type.place }]
  if (type.form === 'object') return type.fields.map(ofField)
  return type.variants.flatMap(({ shape, place }) => {
    if (shape.form === 'value') return [{ ref: shape.type, place }]
    return shape.form === 'object' ? shape.fields.map(ofField) : []
  })
}

/** The types of a function's arguments and output. */
export function usesOfFunction({ args, output, place }: FunctionSchema): Use[] {
  const given = { ref: output, place }
  if (args.form === 'none') return [given]
  if (args.form === 'direct') return [{ ref: args.type, place }, given]
  return [...args.fields.map(ofField), given]
}

function ofField({ type, place }: FieldSchema): Use {
  return { ref: type, place }
}
