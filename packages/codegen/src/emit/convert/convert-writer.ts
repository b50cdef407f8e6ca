import type { Place } from '../../problem.ts'
import type { Changes } from '../model/changes.ts'
import type { Member } from '../model/members.ts'
import type { Model } from '../model/model.ts'
import { innerShapes, type Shape, stripOptions } from '../model/shapes.ts'
import type { Usage } from '../model/usage.ts'
import type { Imports } from '../print/imports.ts'
import type { TypeWriter } from '../types/type-doc.ts'
import type { Helper } from './convert-helpers.ts'

/** The parts that all declarations of `convert.ts` are written with. */
export interface ConvertContext {
  imports: Imports
  /** Writes types as programs see them. */
  program: TypeWriter
  /** Writes types as they are on the wire. */
  wire: TypeWriter
  /** Creates a writer whose problems point at this place. */
  writerAt(place: Place, way: Way, usage: Usage): ConvertWriter
}

/** The direction of a conversion. */
export type Way = 'toWire' | 'fromWire'

/** The parts that a conversion is written with. */
export interface ConvertWriter {
  model: Model
  changes: Changes
  way: Way
  /** The usage of the type that is being converted. */
  usage: Usage
  /** Reports a type that cannot be converted, at its own place or at a place inside it. */
  fail(message: string, hint: string, place?: Place): void
  /** Names the function that converts a type, and has it written. */
  converterOf(name: string): string
  /** Names a shared helper, and has it written. */
  helper(name: Helper): string
  /** Names the function that converts a type parameter; set inside a generic type. */
  paramConverter?: (name: string) => string
}

/** A member's name in the value that is read. */
export function sourceName({ way }: ConvertWriter, { wireName, name }: Member): string {
  return way === 'fromWire' ? wireName : name
}

/** A member's name in the value that is made. */
export function targetName({ way }: ConvertWriter, { wireName, name }: Member): string {
  return way === 'fromWire' ? name : wireName
}

/** True where a value of this shape has to be converted. */
export function isConverted(writer: ConvertWriter, shape: Shape): boolean {
  if (writer.changes.of(shape, writer.usage)) return true
  return writer.paramConverter !== undefined && hasParam(shape)
}

/** The function that converts a shape and needs nothing but the value; `undefined` for others. */
export function knownConverter(writer: ConvertWriter, shape: Shape): string | undefined {
  if (shape.kind === 'param') return writer.paramConverter?.(shape.name)
  if (shape.kind !== 'named' || shape.args.length > 0) return undefined
  return writer.converterOf(shape.name)
}

/** True where the converted value is `a && b`, which may break after `&&`. A tuple may not. */
export function isLogical(shape: Shape): boolean {
  const of = stripOptions(shape)
  return shape.kind === 'option' && of.kind !== 'param' && of.kind !== 'tuple'
}

function hasParam(shape: Shape): boolean {
  return shape.kind === 'param' || innerShapes(shape).some(hasParam)
}
