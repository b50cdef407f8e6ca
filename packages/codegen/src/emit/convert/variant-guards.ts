import { membersOf } from '../model/members.ts'
import { expand } from '../model/model.ts'
import { type Shape, variantShape } from '../model/shapes.ts'
import type { Usage } from '../model/usage.ts'
import { quote } from '../print/literals.ts'
import { type ConvertWriter, isConverted, sourceName } from './convert-writer.ts'

/** The way to recognise a variant of an enum without tags. */
export interface Guard {
  /** The condition, on the value. */
  test: string
  shape: Shape
}

/**
 * Finds a guard for each variant that is converted. A variant that no condition tells apart has
 * none.
 */
export function findGuards(
  writer: ConvertWriter,
  shapes: readonly Shape[],
  value: string,
): Guard[] {
  const described = shapes.map((shape) => ({ shape, look: look(writer, shape) }))
  return described.flatMap(({ shape, look: own }): Guard[] => {
    if (!isConverted(writer, shape)) return []
    const others = described.filter((other) => other.shape !== shape).map((other) => other.look)
    if (others.some(({ kind }) => kind === 'anything')) return []
    if (own.kind === 'list') {
      const isOnly = others.every(({ kind }) => kind !== 'list')
      return isOnly ? [{ test: `Array.isArray(${value})`, shape }] : []
    }
    if (own.kind !== 'object') return []
    const mark = own.always.find(
      (name) =>
        // `in` also finds members that every object inherits.
        !(name in Object.prototype) &&
        others.every((other) => other.kind !== 'object' || !other.maybe.has(name)),
    )
    return mark === undefined ? [] : [{ test: `${quote(mark)} in ${value}`, shape }]
  })
}

/** The look of a value: all that can be seen of it without knowing its type. */
type Look =
  | { kind: 'scalar' | 'list' | 'anything' }
  /** The members it always has, and those it may have. */
  | { kind: 'object'; always: string[]; maybe: ReadonlySet<string> }

function look(writer: ConvertWriter, shape: Shape): Look {
  const shown = shape.kind === 'object' ? shape : expand(writer.model, shape)
  switch (shown.kind) {
    case 'string':
    case 'number':
    case 'boolean':
    case 'unit':
    case 'literal':
      return { kind: 'scalar' }
    case 'list':
    case 'tuple':
      return { kind: 'list' }
    case 'object':
      return lookAtObject(writer, shown, writer.usage)
    case 'named':
      return lookAtType(writer, shown.name)
    default:
      return { kind: 'anything' }
  }
}

function lookAtType(writer: ConvertWriter, name: string): Look {
  const { model } = writer
  const type = model.find(name)
  const usage = model.usageOf(name)
  if (type?.form === 'object') {
    return lookAtObject(writer, { kind: 'object', fields: type.fields }, usage)
  }
  if (type?.form !== 'enum' || type.tagging.style === 'untagged') return { kind: 'anything' }
  const looks = type.variants.map((variant) => {
    const shape = variantShape(type.tagging, variant)
    return shape.kind === 'object' ? lookAtObject(writer, shape, usage) : look(writer, shape)
  })
  const objects = looks.filter((one) => one.kind === 'object')
  if (objects.length === 0) return { kind: 'scalar' }
  if (objects.length < looks.length) return { kind: 'anything' }
  const [first] = objects
  return {
    kind: 'object',
    always: (first?.always ?? []).filter((name) =>
      objects.every((one) => one.always.includes(name)),
    ),
    maybe: new Set(objects.flatMap((one) => [...one.maybe])),
  }
}

function lookAtObject(
  writer: ConvertWriter,
  shape: Shape & { kind: 'object' },
  usage: Usage,
): Look {
  const { own, rest, parts } = membersOf(writer.model, shape.fields, usage)
  // A type without members is a `Record` in TypeScript, so its value may have any.
  if (rest || parts.length > 0 || own.length === 0) return { kind: 'anything' }
  const nameOf = (member: (typeof own)[number]): string => sourceName(writer, member)
  return {
    kind: 'object',
    always: own.filter(({ isOptional }) => !isOptional).map(nameOf),
    maybe: new Set(own.map(nameOf)),
  }
}
