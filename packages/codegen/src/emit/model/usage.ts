import type { FunctionSchema, Schema, TypeSchema } from '../../schema.ts'
import { innerShapes, type Shape, variantShape } from './shapes.ts'

/** The ways a type goes: to the server, from the server, or both. */
export interface Usage {
  in: boolean
  out: boolean
}

/** The usage of arguments. */
export const sent: Usage = { in: true, out: false }
/** The usage of outputs, and of types that no function reaches. */
export const received: Usage = { in: false, out: true }

/** The usage of each type, by its name. A type that no function reaches has no entry. */
export function findUsage({ functions, types }: Schema): ReadonlyMap<string, Usage> {
  const byName = new Map(types.map((type) => [type.name, type]))
  const usage = new Map<string, Usage>()
  const use = (shape: Shape, way: 'in' | 'out'): void => {
    if (shape.kind === 'named') {
      const known = usage.get(shape.name) ?? { in: false, out: false }
      usage.set(shape.name, known)
      const type = byName.get(shape.name)
      if (type && !known[way]) {
        known[way] = true
        for (const part of shapesOf(type)) use(part, way)
      }
    }
    for (const inner of innerShapes(shape)) use(inner, way)
  }
  for (const { args, output } of functions) {
    for (const shape of argShapes(args)) use(shape, 'in')
    use(output, 'out')
  }
  return usage
}

function argShapes(args: FunctionSchema['args']): Shape[] {
  if (args.form === 'none') return []
  return args.form === 'direct' ? [args.type] : [{ kind: 'object', fields: args.fields }]
}

/** The parts of a type: its object, the type an alias names, or the variants of an enum. */
export function shapesOf(type: TypeSchema): Shape[] {
  switch (type.form) {
    case 'object':
      return [{ kind: 'object', fields: type.fields }]
    case 'alias':
      return [type.type]
    case 'enum':
      return type.variants.map((variant) => variantShape(type.tagging, variant))
  }
}
