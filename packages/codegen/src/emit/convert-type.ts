import { isIdentifier, toCamelCase, toVariable } from '../naming.ts'
import type { TypeSchema } from '../schema.ts'
import {
  access,
  type ConvertWriter,
  convertValue,
  entries,
  entry,
  isConverted,
  sourceName,
} from './convert-value.ts'
import { type Members, membersOf } from './model.ts'
import { block, braces, type Doc, hardline, indent, quote } from './printer.ts'
import { type ObjectShape, type Shape, variantShape } from './shapes.ts'
import { key } from './type-text.ts'
import { findGuards } from './untagged.ts'

/** The statements that convert `value`, of a named type, one on each line. */
export function convertBody(writer: ConvertWriter, type: TypeSchema, value: string): Doc[] {
  switch (type.form) {
    case 'alias':
      return [['return ', convertValue(writer, type.type, value)]]
    case 'object':
      return convertObject(writer, { kind: 'object', fields: type.fields }, value, block)
    case 'enum':
      return convertEnum(writer, type, value)
  }
}

/** The statements that convert an object, whose members may not all be known. */
function convertObject(
  writer: ConvertWriter,
  { fields }: ObjectShape,
  value: string,
  toObject: (entries: Doc[], end: ',') => Doc,
): Doc[] {
  const members = membersOf(writer.model, fields, writer.usage)
  const { own, parts, rest } = members
  if (parts.length === 0 && !rest)
    return [['return ', toObject(entries(writer, fields, value), ',')]]
  const locals = localNames(members, value)
  const taken = own.map((member, at) => {
    const name = key(sourceName(writer, member))
    return name === locals[at] ? name : `${name}: ${locals[at]}`
  })
  const converted = parts.map((part) => ['...', convertValue(writer, part, 'rest')])
  const known = own.map((member, at) => entry(writer, member, locals[at] ?? value))
  return [
    ['const ', braces([...taken, '...rest']), ` = ${value}`],
    ['return ', toObject([...(rest ? ['...rest'] : converted), ...known], ',')],
  ]
}

/** What the members are called as variables. */
function localNames({ own }: Members, value: string): string[] {
  return own.map(({ name }, at) => {
    const camel = toVariable(toCamelCase(name))
    const isFree = isIdentifier(camel) && camel !== value && camel !== 'rest'
    return isFree ? camel : `member${at + 1}`
  })
}

/** What the server says that this version does not know is passed through as it is. */
function convertEnum(
  writer: ConvertWriter,
  { tagging, variants }: TypeSchema & { form: 'enum' },
  value: string,
): Doc[] {
  const shapes = variants.map((variant) => ({ variant, shape: variantShape(tagging, variant) }))
  const [first] = shapes
  if (first && shapes.length === 1) return returnVariant(writer, first.shape, value)
  const converted = shapes.filter(({ shape }) => isConverted(writer, shape))
  switch (tagging.style) {
    case 'external':
      return [
        `if (typeof ${value} !== 'object') return ${value}`,
        ...converted.map(({ variant, shape }) => [
          `if (${quote(variant.wireName)} in ${value}) `,
          returnVariant(writer, shape, value),
        ]),
        `return ${value}`,
      ]
    case 'internal':
    case 'adjacent': {
      const tag = { wireName: tagging.tag, name: toCamelCase(tagging.tag) }
      const name = writer.way === 'fromWire' ? tag.wireName : tag.name
      const cases = converted.map(({ variant, shape }) => {
        const statements = returnVariant(writer, shape, value)
        const isBlock = statements.length > 1
        return [
          hardline,
          `case ${quote(variant.wireName)}:`,
          isBlock ? ' {' : '',
          indent(statements.map((statement) => [hardline, statement])),
          isBlock ? [hardline, '}'] : '',
        ]
      })
      const fallback = [hardline, 'default:', indent(hardline, `return ${value}`)]
      return [[`switch (${access(value, name)}) {`, indent(cases, fallback), hardline, '}']]
    }
    case 'untagged': {
      const guards = findGuards(
        writer,
        shapes.map(({ shape }) => shape),
        value,
      )
      return [
        `if (typeof ${value} !== 'object' || ${value} === null) return ${value}`,
        ...guards.map(({ test, shape }) => [`if (${test}) `, returnVariant(writer, shape, value)]),
        `return ${value}`,
      ]
    }
  }
}

function returnVariant(writer: ConvertWriter, shape: Shape, value: string): Doc[] {
  if (shape.kind !== 'object') return [['return ', convertValue(writer, shape, value)]]
  return convertObject(writer, shape, value, braces)
}
