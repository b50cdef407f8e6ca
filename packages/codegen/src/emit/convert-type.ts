import type { TypeSchema } from '../schema.ts'
import { convertEnum } from './convert-enum.ts'
import { convertObject } from './convert-object.ts'
import { type ConvertWriter, convertValue } from './convert-value.ts'
import { block, type Doc } from './printer.ts'

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
