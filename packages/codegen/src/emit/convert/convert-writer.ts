import type { Place } from '../../problem.ts'
import type { Changes } from '../model/changes.ts'
import type { Member } from '../model/members.ts'
import type { Model } from '../model/model.ts'
import { innerShapes, type Shape, stripOptions } from '../model/shapes.ts'
import type { Usage } from '../model/usage.ts'
import type { Imports } from '../print/imports.ts'
import type { TypeWriter } from '../types/type-doc.ts'
import type { Helper } from './convert-helpers.ts'

/** What the declarations of the file are written with. */
export interface ConvertContext {
  imports: Imports
  /** Types as programs see them. */
  program: TypeWriter
  /** Types as they are on the wire. */
  wire: TypeWriter
  /** Converts something that stands at this place. */
  writerAt(place: Place, way: Way, usage: Usage): ConvertWriter
}

/** Which way a value is converted. */
export type Way = 'toWire' | 'fromWire'

/** What is needed to write how a value is converted. */
export interface ConvertWriter {
  model: Model
  changes: Changes
  way: Way
  /** Which way the type goes that is being converted. */
  usage: Usage
  /** Says that it cannot be written, and what to do about it: of the whole type, or of one place in it. */
  fail(message: string, hint: string, place?: Place): void
  /** The function that converts a named type, which will be written. */
  converterOf(name: string): string
  /** Something that all converters share, which will be written. */
  helper(name: Helper): string
  /** In a generic type: the function that converts one of its parameters. */
  paramConverter?: (name: string) => string
}

/** The name of a member where the value comes from. */
export function sourceName({ way }: ConvertWriter, { wireName, name }: Member): string {
  return way === 'fromWire' ? wireName : name
}

/** The name of a member where the value goes to. */
export function targetName({ way }: ConvertWriter, { wireName, name }: Member): string {
  return way === 'fromWire' ? name : wireName
}

/** Whether a value of this shape has to be converted. */
export function isConverted(writer: ConvertWriter, shape: Shape): boolean {
  if (writer.changes.of(shape, writer.usage)) return true
  return writer.paramConverter !== undefined && hasParam(shape)
}

/** The name of the function that converts values of a shape, where it needs nothing but the value. */
export function knownConverter(writer: ConvertWriter, shape: Shape): string | undefined {
  if (shape.kind === 'param') return writer.paramConverter?.(shape.name)
  if (shape.kind !== 'named' || shape.args.length > 0) return undefined
  return writer.converterOf(shape.name)
}

/** Whether the converted value is `a && b`, which may break behind `&&`: a list begins on the same line. */
export function isLogical(shape: Shape): boolean {
  const of = stripOptions(shape)
  return shape.kind === 'option' && of.kind !== 'param' && of.kind !== 'tuple'
}

function hasParam(shape: Shape): boolean {
  return shape.kind === 'param' || innerShapes(shape).some(hasParam)
}
