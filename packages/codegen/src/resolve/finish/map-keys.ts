import type { Problem } from '../../problem.ts'
import type { TypeRef, TypeSchema } from '../../schema.ts'
import { refsIn, type Use } from './type-uses.ts'

/** Finds maps whose keys are not strings on the wire. serde would fail on them at run time. */
export function findBadKeys(types: TypeSchema[], uses: Use[]): Problem[] {
  const byName = new Map(types.map((type) => [type.name, type]))
  return uses.flatMap(({ ref, place }) =>
    refsIn(ref).flatMap((part) => {
      if (part.kind !== 'map' || isText(part.key, 0)) return []
      const message = `The keys of a map are text on the wire, and ${describe(part.key)} is none`
      const hint = 'Use a string, a number or an enum without values as the key, or a Vec of pairs.'
      return [{ place, message, hint }]
    }),
  )

  function isText(key: TypeRef, depth: number): boolean {
    if (key.kind !== 'named') {
      return !['unknown', 'unit', 'upload', 'option', 'list', 'tuple', 'map'].includes(key.kind)
    }
    const type = byName.get(key.name)
    if (!type || depth > byName.size) return true
    if (type.form === 'alias') return isText(type.type, depth + 1)
    if (type.form === 'object') return false
    const { tagging, variants } = type
    return tagging.style === 'external' && variants.every(({ shape }) => shape.form === 'unit')
  }
}

function describe(key: TypeRef): string {
  return key.kind === 'named' ? `\`${key.name}\`` : `this ${key.kind}`
}
