import { membersOf } from './members.ts'
import type { Model } from './model.ts'
import type { Shape } from './shapes.ts'
import { shapesOf, type Usage } from './usage.ts'

/** Tells what is written otherwise in TypeScript than on the wire. */
export interface Changes {
  /** Whether a name in the type itself changes, whatever its parameters are. */
  ofType(name: string): boolean
  /** Whether a shape has to be converted. A parameter has not. */
  of(shape: Shape, usage: Usage): boolean
}

/** Which types change: the least that follows from the names, since types may contain each other. */
export function findChanges(model: Model): Changes {
  const changed = new Set<string>()
  const of = (shape: Shape, usage: Usage): boolean => {
    switch (shape.kind) {
      case 'option':
      case 'list':
        return of(shape.of, usage)
      case 'tuple':
        return shape.of.some((inner) => of(inner, usage))
      case 'map':
        return of(shape.value, usage)
      case 'named':
        return changed.has(shape.name) || shape.args.some((arg) => of(arg, usage))
      case 'object': {
        const { own, rest, parts } = membersOf(model, shape.fields, usage)
        return (
          own.some((member) => member.name !== member.wireName || of(member.shape, usage)) ||
          (rest !== null && of(rest, usage)) ||
          parts.some((part) => of(part, usage))
        )
      }
      default:
        return false
    }
  }
  for (let before = -1; before < changed.size; ) {
    before = changed.size
    for (const type of model.types) {
      if (shapesOf(type).some((shape) => of(shape, model.usageOf(type.name))))
        changed.add(type.name)
    }
  }
  return { ofType: (name) => changed.has(name), of }
}
