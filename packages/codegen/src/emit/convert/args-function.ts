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

/** An object literal, of which an arrow function has to be told apart. */
const literal: Shape = { kind: 'object', fields: [] }

/** The function that makes of a function's arguments what a server is sent. */
export function argsFunction(writer: ConvertWriter, args: ArgsSchema, types: TypeWriter): Doc {
  if (args.form === 'none') return 'null'
  if (args.form === 'direct') {
    const { member, enveloped } = args
    // A codec is never given `null`: that of an `Option` converts what is in it.
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

/** What a server is sent where the arguments are `null`, if that is something else. */
export function nullOnWire(args: ArgsSchema): Doc | null {
  if (args.form !== 'direct' || args.member === null || args.type.kind !== 'option') return null
  const inner = inMember(args.member, 'null')
  return args.enveloped ? envelope(inner) : inner
}

/** Of an object with one member, its value. */
function bareFunction(writer: ConvertWriter, args: ArgsSchema & { form: 'object' }): Doc {
  const [field] = args.fields
  if (!field) return 'null'
  const name = key(memberName(writer.model, field))
  const word = toCamelCase(field.wireName)
  // Nothing else is called `args` here.
  const camel = word === 'args' ? word : toVariable(word)
  const isFree = isIdentifier(camel) && !(camel in helpers) && !camel.endsWith('ToWire')
  const local = isFree ? camel : 'value'
  const given = name === local ? name : `${name}: ${local}`
  // What is left out is sent as `null`.
  const param = `({ ${field.optionalIn ? `${given} = null` : given} })`
  const value = convertValue(writer, field.type, local)
  return args.enveloped ? arrow(param, envelope(value), literal) : arrow(param, value, field.type)
}

/** The members of an object that are all sent: `null` where one may be left out. */
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
