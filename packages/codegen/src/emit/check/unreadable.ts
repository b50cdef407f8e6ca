import type { Place, Problem } from '../../problem.ts'
import type { FieldSchema, Tagging, TypeRef } from '../../schema.ts'
import { bindParams, expand, type Model } from '../model/model.ts'
import { substitute } from '../model/shapes.ts'

/**
 * Finds arguments that no server can read. [serde] It buffers flattened fields, and the content of
 * an enum before it knows the variant. From that buffer it reads no 128-bit numbers and no keys but
 * strings.
 */
export function findUnreadable(model: Model): Problem[] {
  const problems: Problem[] = []
  const seen = new Set<string>()
  for (const { args } of model.functions) {
    if (args.form === 'direct') walk(args.type, null)
    if (args.form === 'object') walkFields(args.fields, new Map(), null)
  }
  return problems

  /** `buffer` is the place that serde buffers, if it buffers. */
  function walk(ref: TypeRef, buffer: Place | null): void {
    switch (ref.kind) {
      case 'number':
        if (buffer && ref.isWide) report(buffer, 'a number of 128 bits', 'an `i64` or a `String`')
        return
      case 'option':
      case 'list':
        return walk(ref.of, buffer)
      case 'tuple':
        for (const part of ref.of) walk(part, buffer)
        return
      case 'map': {
        const key = expand(model, ref.key)
        if (buffer && (key.kind === 'number' || key.kind === 'boolean')) {
          report(buffer, `a map whose keys are ${key.kind}s`, 'a `String` for the key')
        }
        return walk(ref.value, buffer)
      }
      case 'named':
        return walkNamed(ref, buffer)
    }
  }

  function walkNamed(ref: TypeRef & { kind: 'named' }, buffer: Place | null): void {
    const use = JSON.stringify([ref, buffer])
    const type = model.find(ref.name)
    if (!type || seen.has(use)) return
    seen.add(use)
    const values = bindParams(type, ref.args)
    if (type.form === 'alias') return walk(substitute(type.type, values), buffer)
    if (type.form === 'object') return walkFields(type.fields, values, buffer)
    for (const { shape, place } of type.variants) {
      const around = buffer ?? (isBuffered(type.tagging) ? place : null)
      if (shape.form === 'value') walk(substitute(shape.type, values), around)
      if (shape.form === 'object') walkFields(shape.fields, values, around)
    }
  }

  function walkFields(
    fields: readonly FieldSchema[],
    values: ReadonlyMap<string, TypeRef>,
    buffer: Place | null,
  ): void {
    for (const { type, only, flatten, place } of fields) {
      if (only !== 'out') walk(substitute(type, values), buffer ?? (flatten ? place : null))
    }
  }

  function report(place: Place, what: string, instead: string): void {
    const message = `There is ${what} in here, and serde reads none in what is flattened, untagged or behind a tag`
    const hint = `Use ${instead}, or an enum as serde writes it without attributes.`
    const known = problems.some((one) => one.place === place && one.message === message)
    if (!known) problems.push({ place, message, hint })
  }
}

/**
 * True where serde reads the content before the tag: it reads the members in the order of their
 * names.
 */
function isBuffered(tagging: Tagging): boolean {
  if (tagging.style === 'adjacent') return tagging.content < tagging.tag
  return tagging.style !== 'external'
}
