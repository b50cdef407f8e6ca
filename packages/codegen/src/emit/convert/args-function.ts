import type { ArgsSchema } from '../../schema.ts'
import { memberName } from '../model/model.ts'
import { toCamelCase, toVariable } from '../model/naming.ts'
import type { ObjectShape, Shape } from '../model/shapes.ts'
import { stripOptions } from '../model/shapes.ts'
import type { Doc } from '../print/doc.ts'
import { braces, list } from '../print/layouts.ts'
import { isIdentifier, key } from '../print/literals.ts'
import { type TypeWriter, typeDoc } from '../types/type-doc.ts'
import { helpers } from './convert-helpers.ts'
import { arrow, convertValue, entries } from './convert-value.ts'
import { type ConvertWriter, isConverted, knownConverter } from './convert-writer.ts'

/** Stands for any object literal, which an arrow function must put in parentheses. */
const literal: Shape = { kind: 'object', fields: [] }

/** The function that turns arguments into the body of a request. */
export function argsFunction(writer: ConvertWriter, args: ArgsSchema, types: TypeWriter): Doc {
  if (args.form === 'none') return 'null'
  if (args.form === 'direct') {
    const { member, enveloped } = args
    // A codec never gets `null`, so the codec of an `Option` converts the value inside.
    const type = stripOptions(args.type)
    const known = member === null && !enveloped ? knownConverter(writer, type) : undefined
    if (known) return known
    const param = type === args.type ? '(args)' : list('(', [['args: ', typeDoc(types, type)]], ')')
    const inner = inMember(member, convertValue(writer, type, 'args'))
    if (enveloped) return arrow(param, envelope(inner), literal)
    return arrow(param, inner, member === null ? type : literal)
  }
  if (args.bare) return bareFunction(writer, args)
  const object: ObjectShape = { kind: 'object', fields: args.fields }
  if (args.filled) return arrow('(args)', braces(filledEntries(writer, object)), literal)
  const value = convertValue(writer, object, 'args')
  return arrow('(args)', args.enveloped ? envelope(value) : value, literal)
}

/** The body for arguments that are `null`; `null` itself where the body is the same. */
export function nullOnWire(args: ArgsSchema): Doc | null {
  if (args.form !== 'direct' || args.member === null || args.type.kind !== 'option') return null
  const inner = inMember(args.member, 'null')
  return args.enveloped ? envelope(inner) : inner
}

/** The function that sends the value of an object's only member. */
function bareFunction(writer: ConvertWriter, args: ArgsSchema & { form: 'object' }): Doc {
  const [field] = args.fields
  if (!field) return 'null'
  const name = key(memberName(writer.model, field))
  const word = toCamelCase(field.wireName)
  // `args` is reserved, but nothing else has that name here.
  const camel = word === 'args' ? word : toVariable(word)
  const isFree = isIdentifier(camel) && !(camel in helpers) && !camel.endsWith('ToWire')
  const local = isFree ? camel : 'value'
  const given = name === local ? name : `${name}: ${local}`
  // A missing member is sent as `null`.
  const param = `({ ${field.optionalIn ? `${given} = null` : given} })`
  const value = convertValue(writer, field.type, local)
  return args.enveloped ? arrow(param, envelope(value), literal) : arrow(param, value, field.type)
}

/** The members of an object that is sent whole: `null` in place of each missing one. */
function filledEntries(writer: ConvertWriter, { fields }: ObjectShape): Doc[] {
  return fields.flatMap((field): Doc[] => {
    const name = memberName(writer.model, field)
    if (!field.optionalIn) return entries(writer, [field], 'args')
    const value = convertValue(writer, field.type, `args.${name}`)
    const isWhole = !isConverted(writer, field.type)
    return [pair(field.wireName, isWhole ? [value, ' ?? null'] : ['(', value, ') ?? null'])]
  })
}

function inMember(member: string | null, value: Doc): Doc {
  return member === null ? value : braces([pair(member, value)])
}

function envelope(value: Doc): Doc {
  return braces([pair('args', value)])
}

function pair(name: string, value: Doc): Doc {
  return key(name) === value ? value : [key(name), ': ', value]
}
