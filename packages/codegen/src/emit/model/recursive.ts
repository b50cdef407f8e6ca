import type { Model } from './model.ts'
import { innerShapes, type Shape } from './shapes.ts'
import { shapesOf } from './usage.ts'

/**
 * True where a type inside contains itself. TypeScript resolves a `Record` at once, so such a type
 * needs an index signature instead.
 */
export function isRecursive(model: Model, shape: Shape): boolean {
  const reaches = (name: string, from: Shape, seen: Set<string>): boolean => {
    if (from.kind !== 'named') return innerShapes(from).some((inner) => reaches(name, inner, seen))
    if (from.name === name) return true
    const type = seen.has(from.name) ? undefined : model.find(from.name)
    seen.add(from.name)
    return [...from.args, ...(type ? shapesOf(type) : [])].some((inner) =>
      reaches(name, inner, seen),
    )
  }
  if (shape.kind !== 'named') return innerShapes(shape).some((inner) => isRecursive(model, inner))
  const type = model.find(shape.name)
  // TypeScript resolves an interface late, so it may contain itself.
  const isSelf =
    type?.form !== 'object' &&
    type &&
    shapesOf(type).some((of) => reaches(shape.name, of, new Set()))
  return isSelf || shape.args.some((arg) => isRecursive(model, arg))
}
