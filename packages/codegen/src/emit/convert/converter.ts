import type { TypeSchema } from '../../schema.ts'
import type { Shape } from '../model/shapes.ts'
import { stripOptions } from '../model/shapes.ts'
import type { Usage } from '../model/usage.ts'
import { type Doc, group, ifBroken, indent, softline } from '../print/doc.ts'
import { block, signature } from '../print/layouts.ts'
import { typeArgs } from '../types/type-doc.ts'
import { convertEnum } from './convert-enum.ts'
import { convertObject } from './convert-object.ts'
import { convertValue } from './convert-value.ts'
import type { ConvertContext, ConvertWriter, Way } from './convert-writer.ts'

/**
 * The function that converts one type one way. For a generic type it takes a converter for each
 * parameter.
 */
export function converterDeclaration(
  { program, wire, writerAt }: ConvertContext,
  type: TypeSchema,
  way: Way,
  usage: Usage,
): Doc {
  const { params } = type
  const writer = {
    ...writerAt(type.place, way, usage),
    ...(params.length > 0 && { paramConverter: (name: string) => converterName(name, way) }),
  }
  const programType: Doc = [program.nameOf(type.name), typeArgs(params)]
  const wireType: Doc = [
    wire.nameOf(type.name),
    typeArgs(params.map((param) => onWire(param, params))),
  ]
  const isFromWire = way === 'fromWire'
  const [value, from, to] = isFromWire
    ? ['wire', wireType, programType]
    : ['value', programType, wireType]
  const converters = params.map((param) => {
    const [given, made] = isFromWire
      ? [onWire(param, params), param]
      : [param, onWire(param, params)]
    return `${converterName(param, way)}: (${value}: ${given}) => ${made}`
  })
  return [
    `function ${converterName(type.name, way)}`,
    typeArgs(params.flatMap((param) => [param, onWire(param, params)])),
    signature([[`${value}: `, from], ...converters], to),
    ' ',
    block(convertBody(writer, type, value)),
  ]
}

/** `userFromWire`, `userToWire` */
export function converterName(name: string, way: Way): string {
  const suffix = way === 'fromWire' ? 'FromWire' : 'ToWire'
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}${suffix}`
}

/**
 * The name that a type parameter has on the wire's side: `TWire`, or `TWire_` where that is taken.
 */
function onWire(param: string, params: readonly string[]): string {
  const name = `${param}Wire`
  return params.includes(name) ? `${name}_` : name
}

/** The statements that convert `value`, each on its own line. */
function convertBody(writer: ConvertWriter, type: TypeSchema, value: string): Doc[] {
  switch (type.form) {
    case 'alias':
      return [returning(convertValue(writer, type.type, value), isChecked(type.type))]
    case 'object':
      return convertObject(writer, { kind: 'object', fields: type.fields }, value, block)
    case 'enum':
      return convertEnum(writer, type, value)
  }
}

/** True where the converted value is `a && b`. */
function isChecked(shape: Shape): boolean {
  return shape.kind === 'option' && stripOptions(shape).kind !== 'param'
}

/**
 * A `return`. An expression over several lines stands in parentheses, or only its first line would
 * be returned.
 */
function returning(value: Doc, isBreaking: boolean): Doc {
  if (!isBreaking) return ['return ', value]
  return ['return ', group(ifBroken('('), indent(softline, value), softline, ifBroken(')'))]
}
