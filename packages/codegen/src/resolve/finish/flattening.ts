import type { Problem } from '../../problem.ts'
import type { FieldSchema, Tagging, TypeRef, TypeSchema, VariantSchema } from '../../schema.ts'

/**
 * Finds flattened fields and tagged variants that are not objects. serde would fail on them at run
 * time.
 */
export function findNoObjects(types: TypeSchema[]): Problem[] {
  const byName = new Map(types.map((type) => [type.name, type]))
  return types.flatMap((type) => {
    if (type.form === 'alias') return []
    if (type.form === 'object') return type.fields.flatMap(checkFlatten)
    const { tagging } = type
    return type.variants.flatMap(({ wireName, shape, place }): Problem[] => {
      if (shape.form === 'object') return shape.fields.flatMap(checkFlatten)
      const tagged = tagging.style === 'internal' && shape.form === 'value'
      // [serde] an `Option` can be flattened, but it has no place for a tag.
      if (!tagged || (isObject(shape.type, 0) && shape.type.kind !== 'option')) return []
      const message = `What is in \`${type.name}\`'s variant "${wireName}" is no object, so its tag has no place`
      const hint = 'Use a struct, or say where it goes: #[serde(tag = "type", content = "value")].'
      return [{ place, message, hint }]
    })
  })

  function checkFlatten({ flatten, type, place }: FieldSchema): Problem[] {
    if (!flatten || isObject(type, 0)) return []
    const message =
      'Only what is an object can be flattened: its members stand among those around it'
    return [{ place, message, hint: 'Leave out `flatten`, or use a struct or a map.' }]
  }

  function isObject(ref: TypeRef, depth: number): boolean {
    if (ref.kind === 'option') return isObject(ref.of, depth)
    if (ref.kind !== 'named')
      return ['map', 'param', 'unknown', 'unit', 'verbatim'].includes(ref.kind)
    const type = byName.get(ref.name)
    if (!type || depth > byName.size) return true
    if (type.form === 'alias') return isObject(type.type, depth + 1)
    return (
      type.form === 'object' ||
      type.variants.every((variant) => isObjectIn(type.tagging, variant, depth + 1))
    )
  }

  /** [serde] a flattened unit variant becomes a member that no TypeScript type describes. */
  function isObjectIn({ style }: Tagging, { shape }: VariantSchema, depth: number): boolean {
    if (style === 'external') return shape.form !== 'unit'
    if (style !== 'untagged' || shape.form === 'object') return true
    return shape.form === 'value' && shape.type.kind !== 'unit' && isObject(shape.type, depth)
  }
}
