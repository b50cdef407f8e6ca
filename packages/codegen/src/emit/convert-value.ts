import { isIdentifier } from '../naming.ts'
import type { Changes } from './changes.ts'
import { argsOf, type Member, type Model, membersOf } from './model.ts'
import { braces, type Doc, group, indent, line, list, quote } from './printer.ts'
import type { Shape } from './shapes.ts'
import { key, stripOptions } from './type-text.ts'
import type { Usage } from './usage.ts'

/** Which way a value is converted. */
export type Way = 'toWire' | 'fromWire'

/** What is needed to write how a value is converted. */
export interface ConvertWriter {
  model: Model
  changes: Changes
  way: Way
  /** Which way the type goes that is being converted. */
  usage: Usage
  /** Says that it cannot be written, and what to do about it. */
  fail(message: string, hint: string): void
  /** The function that converts a named type, which will be written. */
  converterOf(name: string, way: Way): string
  /** Something that all converters share, which will be written. */
  helper(name: 'same' | 'mapValues'): string
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

/** The expression that converts the value of an expression; the very same where nothing changes. */
export function convertValue(writer: ConvertWriter, shape: Shape, value: string): Doc {
  if (!isConverted(writer, shape)) return value
  switch (shape.kind) {
    case 'option': {
      const of = stripOptions(shape)
      const converted = convertValue(writer, of, value)
      // Of a parameter nobody knows what else is falsy.
      if (of.kind === 'param') return [value, ' === null ? null : ', converted]
      return [value, ' && ', converted]
    }
    case 'list':
      return [value, '.map(', convertFunction(writer, shape.of, depthOf(value)), ')']
    case 'tuple':
      return list(
        '[',
        shape.of.map((inner, at) => convertValue(writer, inner, `${value}[${at}]`)),
        ']',
      )
    case 'map': {
      const mapValues = writer.helper('mapValues')
      return [`${mapValues}(${value}, `, convertFunction(writer, shape.value, depthOf(value)), ')']
    }
    case 'named': {
      const args = convertersOfArgs(writer, shape, depthOf(value))
      return [writer.converterOf(shape.name, writer.way), list('(', [value, ...args], ')')]
    }
    case 'param':
      return `${writer.paramConverter?.(shape.name)}(${value})`
    case 'object':
      return braces(entries(writer, shape.fields, value))
    default:
      return value
  }
}

/** The function that converts values of a shape. */
export function convertFunction(writer: ConvertWriter, shape: Shape, depth = 0): Doc {
  if (!isConverted(writer, shape)) return writer.helper('same')
  const known = knownConverter(writer, shape)
  if (known) return known
  const item = depth === 0 ? 'item' : `item${depth + 1}`
  return arrow(`(${item})`, convertValue(writer, shape, item), shape)
}

/** The name of the function that converts values of a shape, where it needs nothing but the value. */
export function knownConverter(writer: ConvertWriter, shape: Shape): string | undefined {
  if (shape.kind === 'param') return writer.paramConverter?.(shape.name)
  if (shape.kind !== 'named' || shape.args.length > 0) return undefined
  return writer.converterOf(shape.name, writer.way)
}

/** An arrow function. What it returns may be an object. */
export function arrow(params: Doc, body: Doc, shape: Shape): Doc {
  if (shape.kind === 'object') return [params, ' => (', body, ')']
  if (shape.kind === 'tuple') return [params, ' => ', body]
  return group(params, ' =>', group(indent(line, body)))
}

/** The members of an object literal, each converted from a member of `value`. */
export function entries(
  writer: ConvertWriter,
  fields: Parameters<typeof membersOf>[1],
  value: string,
): Doc[] {
  const { own, rest, parts } = membersOf(writer.model, fields, writer.usage)
  if (rest || parts.length > 0) {
    writer.fail(
      'Something is flattened here whose members are not known, so that names cannot be converted',
      'Give the object around it a name: a struct of its own. Or generate with `--case wire`.',
    )
  }
  return own.map((member) => entry(writer, member, access(value, sourceName(writer, member))))
}

/** One member of an object literal, converted from the value of an expression. */
export function entry(writer: ConvertWriter, member: Member, value: string): Doc {
  const converted = convertValue(writer, member.shape, value)
  const name = key(targetName(writer, member))
  const pair: Doc = name === converted ? name : [name, ': ', converted]
  return member.isOptional ? [`...(${value} !== undefined && `, braces([pair]), ')'] : pair
}

/** The expression that reads a member. */
export function access(value: string, name: string): string {
  return isIdentifier(name) ? `${value}.${name}` : `${value}[${quote(name)}]`
}

function convertersOfArgs(
  writer: ConvertWriter,
  { name, args }: Extract<Shape, { kind: 'named' }>,
  depth: number,
): Doc[] {
  const type = writer.model.find(name)
  if (!type) return []
  return [...argsOf(type, args).values()].map((arg) => convertFunction(writer, arg, depth))
}

function hasParam(shape: Shape): boolean {
  switch (shape.kind) {
    case 'param':
      return true
    case 'option':
    case 'list':
      return hasParam(shape.of)
    case 'tuple':
      return shape.of.some(hasParam)
    case 'map':
      return hasParam(shape.value)
    case 'named':
      return shape.args.some(hasParam)
    case 'object':
      return shape.fields.some((field) => hasParam(field.type))
    default:
      return false
  }
}

/** How many functions a value is the item of: `item` is in one, `item2` in two. */
function depthOf(value: string): number {
  const [, count] = /^item(\d*)/.exec(value) ?? []
  return count === undefined ? 0 : Number(count || 1)
}
