import type { Model } from './model.ts'
import { innerShapes, type Shape } from './shapes.ts'
import { shapesOf } from './usage.ts'

/** True where a value may hold a file, at any depth. */
export function holdsFile(model: Model, shape: Shape, seen: Set<string> = new Set()): boolean {
  if (shape.kind === 'upload') return true
  if (shape.kind === 'verbatim') return /\b(File|Blob)\b/.test(shape.text)
  if (innerShapes(shape).some((inner) => holdsFile(model, inner, seen))) return true
  const type = shape.kind === 'named' ? model.find(shape.name) : undefined
  if (!type || seen.has(type.name)) return false
  seen.add(type.name)
  return shapesOf(type).some((part) => holdsFile(model, part, seen))
}
