import type {
  ArgsSchema,
  FieldSchema,
  FunctionSchema,
  Schema,
  Tagging,
  TypeRef,
  TypeSchema,
  VariantSchema,
} from '../../src/schema.ts'

const place = { file: 'src/lib.rs', line: 1, column: 1 }

/** The types that have no parts. */
export const t = {
  string: { kind: 'string' },
  number: { kind: 'number' },
  boolean: { kind: 'boolean' },
  unknown: { kind: 'unknown' },
  unit: { kind: 'unit' },
  upload: { kind: 'upload' },
} as const satisfies Record<string, TypeRef>

export const option = (of: TypeRef): TypeRef => ({ kind: 'option', of })
export const list = (of: TypeRef): TypeRef => ({ kind: 'list', of })
export const tuple = (...of: TypeRef[]): TypeRef => ({ kind: 'tuple', of })
export const map = (value: TypeRef, key: TypeRef = t.string): TypeRef => ({
  kind: 'map',
  key,
  value,
})
export const named = (name: string, ...args: TypeRef[]): TypeRef => ({ kind: 'named', name, args })
export const param = (name: string): TypeRef => ({ kind: 'param', name })

/**
 * Members, by their names on the wire; one whose type is an `Option` may be left out of what is
 * sent.
 */
export function fields(
  types: Record<string, TypeRef>,
  more: Partial<FieldSchema> = {},
): FieldSchema[] {
  return Object.entries(types).map(([wireName, type]) => ({
    wireName,
    docs: [],
    type,
    optionalIn: type.kind === 'option',
    optionalOut: false,
    flatten: false,
    only: null,
    place,
    ...more,
  }))
}

export const flatten = (type: TypeRef): FieldSchema[] =>
  fields({ flattened: type }, { flatten: true })

type More = Partial<Pick<TypeSchema, 'docs' | 'params' | 'place'>>

export const object = (name: string, fields: FieldSchema[], more: More = {}): TypeSchema => ({
  ...{ name, docs: [], params: [], place, ...more },
  form: 'object',
  fields,
})
export const alias = (name: string, type: TypeRef, more: More = {}): TypeSchema => ({
  ...{ name, docs: [], params: [], place, ...more },
  form: 'alias',
  type,
})
/** An enum. A variant is `null` when it is a unit, its fields in a list, or a type. */
export const variants = (
  name: string,
  shapes: Record<string, null | FieldSchema[] | TypeRef>,
  tagging: Tagging = { style: 'external' },
  more: More = {},
): TypeSchema => ({
  ...{ name, docs: [], params: [], place, ...more },
  form: 'enum',
  tagging,
  variants: Object.entries(shapes).map(([wireName, shape]) => ({
    wireName,
    docs: [],
    place,
    shape: toShape(shape),
  })),
})

function toShape(shape: null | FieldSchema[] | TypeRef): VariantSchema['shape'] {
  if (shape === null) return { form: 'unit' }
  return Array.isArray(shape) ? { form: 'object', fields: shape } : { form: 'value', type: shape }
}

/** The arguments of a function: none, members, or one type. */
type Args = null | FieldSchema[] | TypeRef

const define =
  (kind: FunctionSchema['kind']) =>
  (
    name: string,
    args: Args,
    output: TypeRef,
    more: Partial<FunctionSchema> = {},
  ): FunctionSchema => ({
    kind,
    name,
    wireName: name,
    docs: [],
    args: toArgs(args),
    output,
    place,
    ...more,
  })

/** As a query or a mutation takes several parameters, or one struct. */
function toArgs(args: Args): ArgsSchema {
  if (args === null) return { form: 'none' }
  return Array.isArray(args)
    ? { form: 'object', fields: args, bare: false, filled: false, enveloped: false }
    : { form: 'direct', type: args, member: null, place, enveloped: false }
}

export const query = define('query')
export const mutation = define('mutation')
export const job = define('job')
export const workflow = define('workflow')

/** A schema of functions and types, in whatever order. */
export function schema(...parts: (FunctionSchema | TypeSchema)[]): Schema {
  const functions: FunctionSchema[] = []
  const types: TypeSchema[] = []
  for (const part of parts) {
    if ('kind' in part) functions.push(part)
    else types.push(part)
  }
  return { functions, types }
}
