import type { TypeSchema } from '../../schema.ts'
import { memberName } from '../model/model.ts'
import { type Shape, variantShape } from '../model/shapes.ts'
import { type Doc, hardline, indent } from '../print/doc.ts'
import { braces, ifThen } from '../print/layouts.ts'
import { access, quote } from '../print/literals.ts'
import { convertObject } from './convert-object.ts'
import { convertValue } from './convert-value.ts'
import { type ConvertWriter, isConverted } from './convert-writer.ts'
import { findGuards } from './variant-guards.ts'

/** A variant with its value on the wire. */
interface Variant {
  wireName: string
  shape: Shape
}

/**
 * The statements that convert an enum, each on its own line. A variant without changed names passes
 * through, and so does one that the server has added since.
 */
export function convertEnum(
  writer: ConvertWriter,
  { tagging, variants }: TypeSchema & { form: 'enum' },
  value: string,
): Doc[] {
  const all = variants.map((variant): Variant => {
    return { wireName: variant.wireName, shape: variantShape(tagging, variant) }
  })
  const [first] = all
  if (first && all.length === 1) return convertVariant(writer, first.shape, value)
  const converted = all.filter(({ shape }) => isConverted(writer, shape))
  switch (tagging.style) {
    case 'external':
      return convertExternal(writer, converted, value)
    case 'internal':
    case 'adjacent': {
      const name = memberName(writer.model, { wireName: tagging.tag })
      const tag = access(value, writer.way === 'fromWire' ? tagging.tag : name)
      return [convertTagged(writer, converted, value, tag)]
    }
    case 'untagged':
      return convertUntagged(writer, all, converted, value)
  }
}

/**
 * External tags: a variant is a string, or an object with one member that has the variant's name.
 */
function convertExternal(writer: ConvertWriter, converted: Variant[], value: string): Doc[] {
  return [
    `if (typeof ${value} !== 'object') return ${value}`,
    ...converted.map(({ wireName, shape }) =>
      ifThen(`${quote(wireName)} in ${value}`, convertVariant(writer, shape, value)),
    ),
    `return ${value}`,
  ]
}

/** Internal and adjacent tags: a member holds the variant's name. */
function convertTagged(
  writer: ConvertWriter,
  converted: Variant[],
  value: string,
  tag: string,
): Doc {
  const cases = converted.map(({ wireName, shape }) => {
    const statements = convertVariant(writer, shape, value)
    const isBlock = statements.length > 1
    return [
      [hardline, `case ${quote(wireName)}:`, isBlock ? ' {' : ''],
      indent(statements.map((statement) => [hardline, statement])),
      isBlock ? [hardline, '}'] : '',
    ]
  })
  const others = [hardline, 'default:', indent(hardline, `return ${value}`)]
  return [`switch (${tag}) {`, indent(cases, others), hardline, '}']
}

/** No tags: a variant is recognised by a member that no other variant has. */
function convertUntagged(
  writer: ConvertWriter,
  all: Variant[],
  converted: Variant[],
  value: string,
): Doc[] {
  const shapes = all.map(({ shape }) => shape)
  const guards = findGuards(writer, shapes, value)
  for (const { wireName, shape } of converted) {
    if (guards.some((guard) => guard.shape === shape)) continue
    writer.fail(
      `Nothing tells the variant \`${wireName}\` from the others, so that its names cannot be converted`,
      'Give the enum a tag, such as `#[serde(tag = "type")]`, or generate with `--case wire`.',
    )
  }
  return [
    `if (typeof ${value} !== 'object' || ${value} === null) return ${value}`,
    ...guards.map(({ test, shape }) => ifThen(test, convertVariant(writer, shape, value))),
    `return ${value}`,
  ]
}

function convertVariant(writer: ConvertWriter, shape: Shape, value: string): Doc[] {
  if (shape.kind !== 'object') return [['return ', convertValue(writer, shape, value)]]
  return convertObject(writer, shape, value, braces)
}
