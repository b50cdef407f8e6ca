import { type Member, membersOf } from '../model/members.ts'
import { bindParams } from '../model/model.ts'
import type { Shape } from '../model/shapes.ts'
import { stripOptions } from '../model/shapes.ts'
import { type Doc, group, indent, line } from '../print/doc.ts'
import { braces, callWithArrow, list } from '../print/layouts.ts'
import { access, key } from '../print/literals.ts'
import {
  type ConvertWriter,
  isConverted,
  isLogical,
  knownConverter,
  sourceName,
  targetName,
} from './convert-writer.ts'

/**
 * The expression that converts the value of an expression; the same expression where nothing
 * changes.
 */
export function convertValue(writer: ConvertWriter, shape: Shape, value: string): Doc {
  if (!isConverted(writer, shape)) return value
  switch (shape.kind) {
    case 'option': {
      const of = stripOptions(shape)
      const converted = convertValue(writer, of, value)
      // A type parameter may be falsy without being `null`.
      if (of.kind === 'param') return [value, ' === null ? null : ', converted]
      return isLogical(shape) ? group(value, ' &&', line, converted) : [value, ' && ', converted]
    }
    case 'list':
      return callWith(writer, `${value}.map`, [], [shape.of], value)
    case 'tuple':
      return list(
        '[',
        shape.of.map((inner, at) => {
          const converted = convertValue(writer, inner, `${value}[${at}]`)
          return isLogical(inner) ? indent(converted) : converted
        }),
        ']',
      )
    case 'map':
      return callWith(writer, writer.helper('mapValues'), [value], [shape.value], value)
    case 'named': {
      const args = bindParams(writer.model.find(shape.name), shape.args)
      return callWith(writer, writer.converterOf(shape.name), [value], [...args.values()], value)
    }
    case 'param':
      return `${writer.paramConverter?.(shape.name)}(${value})`
    case 'object':
      return braces(entries(writer, shape.fields, value))
    default:
      return value
  }
}

/** A call whose last arguments are functions that convert values of these shapes. */
function callWith(
  writer: ConvertWriter,
  callee: string,
  args: readonly Doc[],
  shapes: readonly Shape[],
  value: string,
): Doc {
  const depth = depthOf(value)
  const functions = shapes.map((shape) => convertFunction(writer, shape, depth))
  const last = functions.at(-1)
  const others = functions.slice(0, -1)
  const isLast = others.every((other) => typeof other === 'string')
  if (!last || typeof last === 'string' || !isLast || last.isLogical) {
    return [callee, list('(', [...args, ...functions.map(toArrow)], ')')]
  }
  const before = [...args, ...others.map(toArrow)]
  if (last.isHugged) return [callee, '(', before.map((arg) => [arg, ', ']), toArrow(last), ')']
  return callWithArrow(callee, before, last.head, last.body)
}

/** A function written in place. */
interface Arrow {
  head: Doc
  body: Doc
  /** True where it returns a tuple, which begins on the line of the arrow. */
  isHugged: boolean
  /** True where it returns `a && b`, which stays together. */
  isLogical: boolean
}

/** The function that converts values of a shape: by its name, or written in place. */
function convertFunction(writer: ConvertWriter, shape: Shape, depth: number): string | Arrow {
  if (!isConverted(writer, shape)) return writer.helper('same')
  const known = knownConverter(writer, shape)
  if (known) return known
  const item = depth === 0 ? 'item' : `item${depth + 1}`
  const converted = convertValue(writer, shape, item)
  // A returned condition stands in parentheses.
  const isCondition = shape.kind === 'option' && stripOptions(shape).kind === 'param'
  const body = isCondition ? ['(', converted, ')'] : converted
  return { head: `(${item})`, body, isHugged: shape.kind === 'tuple', isLogical: isLogical(shape) }
}

function toArrow(fn: string | Arrow): Doc {
  if (typeof fn === 'string') return fn
  if (fn.isHugged) return [fn.head, ' => ', fn.body]
  return group(fn.head, ' =>', group(indent(line, fn.body)))
}

/** An arrow function; an object that it returns stands in parentheses. */
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
      fields.find(({ flatten }) => flatten)?.place,
    )
  }
  return own.map((member) => entry(writer, member, access(value, sourceName(writer, member))))
}

/** One member of an object literal, with the converted value. */
export function entry(writer: ConvertWriter, member: Member, value: string): Doc {
  const converted = convertValue(writer, member.shape, value)
  const name = key(targetName(writer, member))
  const isBreaking = isLogical(member.shape) && converted !== value
  const written = isBreaking ? [name, ':', group(indent(line, converted))] : [name, ': ', converted]
  const pair: Doc = name === converted ? name : written
  return member.isOptional ? [`...(${value} !== undefined && `, braces([pair]), ')'] : pair
}

/** The number of arrow functions around a value: `item` has one, `item2` two. */
function depthOf(value: string): number {
  const [, count] = /^item(\d*)/.exec(value) ?? []
  return count === undefined ? 0 : Number(count || 1)
}
