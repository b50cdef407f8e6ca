import { compareNames } from '../../src/names.ts'
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

/*
 * Schemas as people would jot them down, for tests that are read rather than decoded:
 *
  query get_user({ id: string }) → User | null
 *   User { id: string; name?: string | null }
 *   Role = 'admin' | 'member'
 *
 * `name?` may be left out of what is sent, `name~` of what comes back; `...name` is flattened; `in
 * name` and `out name` go one way only; `{key → value}` is a map, and `by "type"` says where a tag
 * stands.
 */

export function showSchema({ functions, types }: Schema): string[] {
  const sorted = types.toSorted((a, b) => compareNames(a.name, b.name))
  return [...functions.map(showFunction), ...sorted.map(showType)]
}

function showFunction({ kind, name, wireName, args, output }: FunctionSchema): string {
  const called = name === wireName ? '' : ` [${wireName}]`
  return `${kind} ${name}(${showArgs(args)}) → ${showRef(output)}${called}`
}

function showType(type: TypeSchema): string {
  const name = type.params.length > 0 ? `${type.name}<${type.params.join(', ')}>` : type.name
  if (type.form === 'object') return `${name} ${showFields(type.fields)}`
  if (type.form === 'alias') return `${name} = ${showRef(type.type)}`
  const { tagging, variants } = type
  const shown = variants.map((variant) => showVariant(variant, tagging)).join(' | ')
  return `${name}${showTagging(tagging)} = ${shown}`
}

export function showRef(ref: TypeRef): string {
  switch (ref.kind) {
    case 'literal':
      return `'${ref.value}'`
    case 'option':
      return `${showRef(ref.of)} | null`
    case 'list':
      return ref.of.kind === 'option' ? `(${showRef(ref.of)})[]` : `${showRef(ref.of)}[]`
    case 'tuple':
      return `[${ref.of.map(showRef).join(', ')}]`
    case 'map':
      return `{${showRef(ref.key)} → ${showRef(ref.value)}}`
    case 'named':
      return ref.args.length > 0 ? `${ref.name}<${ref.args.map(showRef).join(', ')}>` : ref.name
    case 'param':
      return ref.name
    case 'verbatim':
      return `«${ref.text}»`
    default:
      return ref.kind
  }
}

function showArgs(args: ArgsSchema): string {
  if (args.form === 'none') return ''
  return args.form === 'direct' ? showRef(args.type) : showFields(args.fields)
}

function showFields(fields: FieldSchema[]): string {
  return fields.length === 0 ? '{}' : `{ ${fields.map(showField).join('; ')} }`
}

function showField({
  wireName,
  type,
  optionalIn,
  optionalOut,
  flatten,
  only,
}: FieldSchema): string {
  const marks = `${optionalIn ? '?' : ''}${optionalOut ? '~' : ''}`
  return `${only ? `${only} ` : ''}${flatten ? '...' : ''}${wireName}${marks}: ${showRef(type)}`
}

function showTagging(tagging: Tagging): string {
  if (tagging.style === 'internal') return ` by "${tagging.tag}"`
  if (tagging.style === 'adjacent') return ` by "${tagging.tag}" with "${tagging.content}"`
  return tagging.style === 'untagged' ? ' untagged' : ''
}

function showVariant({ wireName, shape }: VariantSchema, tagging: Tagging): string {
  const name = tagging.style === 'untagged' ? '' : `'${wireName}'`
  if (shape.form === 'unit') return name || 'null'
  const value = shape.form === 'value' ? `(${showRef(shape.type)})` : ` ${showFields(shape.fields)}`
  return `${name}${value}`.trim()
}
