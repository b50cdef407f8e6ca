import type { FieldSchema, Tagging, TypeRef, TypeSchema, VariantSchema } from '../../schema.ts'

/** The outline of a JSON value: all that a reader sees of it without knowing its type. */
export type Outline = { kind: 'null' | 'upload' | 'anything' | 'other' } | ObjectOutline

/** An object, by the names of its members. */
export interface ObjectOutline {
  kind: 'object'
  always: ReadonlySet<string>
  maybe: ReadonlySet<string>
  /** True where it may have members of any name. */
  isOpen: boolean
}

/** The arguments of type parameters. */
type Bound = ReadonlyMap<string, { ref: TypeRef; bound: Bound }>
const unbound: Bound = new Map()

/** Lists the outlines of types, and of objects with these fields. */
export interface Outlines {
  of(ref: TypeRef): Outline[]
  ofFields(fields: readonly FieldSchema[]): ObjectOutline
}

/** Creates the outlines of these types. A type that contains itself adds nothing at that point. */
export function createOutlines(types: readonly TypeSchema[]): Outlines {
  const byName = new Map(types.map((type) => [type.name, type]))
  return {
    of: (ref) => outlinesOf(ref, unbound, []),
    ofFields: (fields) => objectOf(fields, unbound, []),
  }

  function outlinesOf(ref: TypeRef, bound: Bound, inside: readonly string[]): Outline[] {
    switch (ref.kind) {
      case 'unit':
        return [{ kind: 'null' }]
      case 'upload':
        return [{ kind: 'upload' }]
      case 'unknown':
      case 'verbatim':
        return [{ kind: 'anything' }]
      case 'option':
        return [{ kind: 'null' }, ...outlinesOf(ref.of, bound, inside)]
      case 'map':
        return [{ kind: 'object', always: new Set(), ...keysOf(ref.key, bound) }]
      case 'param': {
        const given = bound.get(ref.name)
        return given ? outlinesOf(given.ref, given.bound, inside) : [{ kind: 'anything' }]
      }
      case 'named': {
        const type = byName.get(ref.name)
        if (!type) return [{ kind: 'anything' }]
        if (inside.includes(type.name)) return []
        const given = new Map(
          type.params.flatMap((name, at) => {
            const arg = ref.args[at]
            return arg ? [[name, { ref: arg, bound }] as const] : []
          }),
        )
        return outlinesOfType(type, given, [...inside, type.name])
      }
      default:
        return [{ kind: 'other' }]
    }
  }

  function outlinesOfType(type: TypeSchema, bound: Bound, inside: readonly string[]): Outline[] {
    if (type.form === 'alias') return outlinesOf(type.type, bound, inside)
    if (type.form === 'object') return [objectOf(type.fields, bound, inside)]
    const { tagging, variants } = type
    return variants.flatMap((variant) => outlinesOfVariant(tagging, variant, bound, inside))
  }

  function outlinesOfVariant(
    tagging: Tagging,
    { wireName, shape }: VariantSchema,
    bound: Bound,
    inside: readonly string[],
  ): Outline[] {
    switch (tagging.style) {
      case 'external':
        return [shape.form === 'unit' ? { kind: 'other' } : objectWith(wireName)]
      case 'internal':
        return [merged([objectWith(tagging.tag), insideOf(shape, bound, inside)])]
      case 'adjacent': {
        const { tag, content } = tagging
        return [shape.form === 'unit' ? objectWith(tag) : objectWith(tag, content)]
      }
      case 'untagged':
        if (shape.form === 'unit') return [{ kind: 'null' }]
        if (shape.form === 'object') return [objectOf(shape.fields, bound, inside)]
        return outlinesOf(shape.type, bound, inside)
    }
  }

  function insideOf(
    shape: VariantSchema['shape'],
    bound: Bound,
    inside: readonly string[],
  ): ObjectOutline {
    if (shape.form === 'unit') return objectWith()
    if (shape.form === 'object') return objectOf(shape.fields, bound, inside)
    return flattened(outlinesOf(shape.type, bound, inside))
  }

  function objectOf(
    fields: readonly FieldSchema[],
    bound: Bound,
    inside: readonly string[],
  ): ObjectOutline {
    const parts = fields.flatMap(
      ({ wireName, type, optionalIn, flatten, only }): ObjectOutline[] => {
        if (only === 'out') return []
        if (flatten) return [flattened(outlinesOf(type, bound, inside))]
        return [optionalIn ? { ...objectWith(), maybe: new Set([wireName]) } : objectWith(wireName)]
      },
    )
    return merged(parts)
  }

  /** The names that the keys of a map may have. */
  function keysOf(key: TypeRef, bound: Bound): Pick<ObjectOutline, 'maybe' | 'isOpen'> {
    if (key.kind === 'number' || key.kind === 'boolean') return { maybe: new Set(), isOpen: false }
    const given = key.kind === 'param' ? bound.get(key.name) : undefined
    if (given) return keysOf(given.ref, given.bound)
    const type = key.kind === 'named' ? byName.get(key.name) : undefined
    if (type?.form !== 'enum') return { maybe: new Set(), isOpen: true }
    return { maybe: new Set(type.variants.map(({ wireName }) => wireName)), isOpen: false }
  }
}

function objectWith(...names: string[]): ObjectOutline {
  return { kind: 'object', always: new Set(names), maybe: new Set(), isOpen: false }
}

/** The members of several objects in one. */
function merged(parts: readonly ObjectOutline[]): ObjectOutline {
  return {
    kind: 'object',
    always: new Set(parts.flatMap(({ always }) => [...always])),
    maybe: new Set(parts.flatMap(({ maybe }) => [...maybe])),
    isOpen: parts.some(({ isOpen }) => isOpen),
  }
}

/** The members that a flattened value adds. Only members of all its outlines are always there. */
function flattened(outlines: readonly Outline[]): ObjectOutline {
  const objects = outlines.map((outline) => (outline.kind === 'object' ? outline : objectWith()))
  const [first = objectWith()] = objects
  return {
    kind: 'object',
    always: new Set([...first.always].filter((name) => objects.every((it) => it.always.has(name)))),
    maybe: new Set(objects.flatMap(({ always, maybe }) => [...always, ...maybe])),
    isOpen:
      outlines.some(({ kind }) => kind === 'anything') || objects.some(({ isOpen }) => isOpen),
  }
}
