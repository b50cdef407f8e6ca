import { membersOf } from './members.ts'
import type { Model } from './model.ts'
import type { Shape } from './shapes.ts'
import { shapesOf, type Usage } from './usage.ts'

/** Tells which types differ between TypeScript and the wire. */
export interface Changes {
  /** True where a name inside the type changes, whatever its type arguments are. */
  ofType(name: string): boolean
  /** True where a value has to be converted. A type parameter alone does not count. */
  of(shape: Shape, usage: Usage): boolean
}

/**
 * Finds the types that change. Types may contain each other, so the search repeats until it finds
 * no more.
 */
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
