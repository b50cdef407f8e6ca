import type { TypeSchema } from '../../schema.ts'
import type { Shape } from '../model/shapes.ts'
import { block, type Doc, group, ifBroken, indent, softline } from '../print/printer.ts'
import { stripOptions } from '../types/type-doc.ts'
import { convertEnum } from './convert-enum.ts'
import { convertObject } from './convert-object.ts'
import { convertValue } from './convert-value.ts'
import type { ConvertWriter } from './convert-writer.ts'

/** The statements that convert `value`, of a named type, one on each line. */
export function convertBody(writer: ConvertWriter, type: TypeSchema, value: string): Doc[] {
  switch (type.form) {
    case 'alias':
      return [returning(convertValue(writer, type.type, value), isChecked(type.type))]
    case 'object':
      return convertObject(writer, { kind: 'object', fields: type.fields }, value, block)
    case 'enum':
      return convertEnum(writer, type, value)
  }
}

/** Whether the converted value is `a && b`. */
function isChecked(shape: Shape): boolean {
  return shape.kind === 'option' && stripOptions(shape).kind !== 'param'
}

/** A statement that returns; what has several lines is in brackets, or the first of them would be returned alone. */
function returning(value: Doc, isBreaking: boolean): Doc {
  if (!isBreaking) return ['return ', value]
  return ['return ', group(ifBroken('('), indent(softline, value), softline, ifBroken(')'))]
}
