import { membersOf } from '../model/members.ts'
import { expand } from '../model/model.ts'
import { type Shape, variantShape } from '../model/shapes.ts'
import type { Usage } from '../model/usage.ts'
import { quote } from '../print/literals.ts'
import { type ConvertWriter, isConverted, sourceName } from './convert-writer.ts'

/** How a value shows that it is of one variant of an enum without tags. */
export interface Guard {
  /** The condition, about the value. */
  test: string
  shape: Shape
}

/** The variants that are converted, and how each is told from all others; those that cannot be are missing. */
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
        // `in` finds what all objects have.
        !(name in Object.prototype) &&
        others.every((other) => other.kind !== 'object' || !other.maybe.has(name)),
    )
    return mark === undefined ? [] : [{ test: `${quote(mark)} in ${value}`, shape }]
  })
}

/** What can be seen of a value without knowing what it is. */
type Look =
  | { kind: 'scalar' | 'list' | 'anything' }
  /** The names that it always has, and those that it may have. */
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
  // One without members is a `Record` in TypeScript: it may have any.
  if (rest || parts.length > 0 || own.length === 0) return { kind: 'anything' }
  const nameOf = (member: (typeof own)[number]): string => sourceName(writer, member)
  return {
    kind: 'object',
    always: own.filter(({ isOptional }) => !isOptional).map(nameOf),
    maybe: new Set(own.map(nameOf)),
  }
}
