import type { FieldSchema, FunctionSchema, Schema, TypeRef, TypeSchema } from '../../schema.ts'
import { refsIn, usesOfType } from './type-uses.ts'

/**
 * Removes type parameters that nothing on the wire depends on: a `Key<User>` that holds an id and a
 * marker becomes `Key`.
 */
export function dropUnusedParams(schema: Schema): Schema {
  const dropped = new Map(schema.types.map((type) => [type.name, unusedIn(type)]))
  if ([...dropped.values()].every((positions) => positions.size === 0)) return schema
  return dropUnusedParams(without(schema, dropped))
}

/** The positions of a type's unused parameters. */
function unusedIn(type: TypeSchema): Set<number> {
  const used = new Set(
    usesOfType(type)
      .flatMap(({ ref }) => refsIn(withTextKeys(ref)))
      .map((ref) => (ref.kind === 'param' ? ref.name : null)),
  )
  const positions = type.params.flatMap((name, position) => (used.has(name) ? [] : [position]))
  return new Set(positions)
}

/** Keys of maps are strings on the wire, so a parameter as a key counts as unused. */
function textKey(key: TypeRef): TypeRef {
  return key.kind === 'param' ? { kind: 'string' } : key
}

function withTextKeys(ref: TypeRef): TypeRef {
  switch (ref.kind) {
    case 'option':
    case 'list':
      return { ...ref, of: withTextKeys(ref.of) }
    case 'tuple':
      return { ...ref, of: ref.of.map(withTextKeys) }
    case 'map':
      return { ...ref, key: textKey(ref.key), value: withTextKeys(ref.value) }
    case 'named':
      return { ...ref, args: ref.args.map(withTextKeys) }
    default:
      return ref
  }
}

function without({ functions, types }: Schema, dropped: Map<string, Set<number>>): Schema {
  return {
    functions: functions.map(ofFunction),
    types: types.map((type) => ({ ...ofShape(type), params: kept(type.params, type.name) })),
  }

  function kept<T>(items: T[], name: string): T[] {
    return items.filter((_, position) => !dropped.get(name)?.has(position))
  }

  function ofFunction(declared: FunctionSchema): FunctionSchema {
    const { args } = declared
    const output = ofRef(declared.output)
    if (args.form === 'none') return { ...declared, output }
    return args.form === 'direct'
      ? { ...declared, output, args: { ...args, type: ofRef(args.type) } }
      : { ...declared, output, args: { ...args, fields: args.fields.map(ofField) } }
  }

  function ofShape(type: TypeSchema): TypeSchema {
    if (type.form === 'alias') return { ...type, type: ofRef(type.type) }
    if (type.form === 'object') return { ...type, fields: type.fields.map(ofField) }
    const variants = type.variants.map((variant) => {
      const { shape } = variant
      if (shape.form === 'value') {
        return { ...variant, shape: { ...shape, type: ofRef(shape.type) } }
      }
      if (shape.form === 'unit') return variant
      return { ...variant, shape: { ...shape, fields: shape.fields.map(ofField) } }
    })
    return { ...type, variants }
  }

  function ofField(field: FieldSchema): FieldSchema {
    return { ...field, type: ofRef(field.type) }
  }

  function ofRef(ref: TypeRef): TypeRef {
    switch (ref.kind) {
      case 'option':
      case 'list':
        return { ...ref, of: ofRef(ref.of) }
      case 'tuple':
        return { ...ref, of: ref.of.map(ofRef) }
      case 'map':
        return { ...ref, key: ofRef(textKey(ref.key)), value: ofRef(ref.value) }
      case 'named':
        return { ...ref, args: kept(ref.args, ref.name).map(ofRef) }
      default:
        return ref
    }
  }
}
