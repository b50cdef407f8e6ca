import fc from 'fast-check'
import type { FieldSchema, Tagging, TypeRef, TypeSchema } from '../../src/schema.ts'
import { styles, wordsOf } from './arbitrary-names.ts'
import { arbitraryTypeRef } from './arbitrary-type-ref.ts'
import { alias, flatten, object, t, variants } from './build-schema.ts'

/** The members of the `index`th type. */
function fieldsOf(
  index: number,
  type: fc.Arbitrary<TypeRef>,
  range = { from: 0, to: 3 },
): fc.Arbitrary<FieldSchema[]> {
  const field = (at: number): fc.Arbitrary<FieldSchema> =>
    fc
      .record({ type, style: fc.constantFrom(...styles), presence: fc.integer({ min: 0, max: 5 }) })
      .map(({ type, style, presence }) => ({
        wireName: style(...wordsOf(index, at)),
        docs: presence === 5 ? ['Says */ what it is.'] : [],
        type,
        optionalIn: presence < 2 || type.kind === 'option',
        optionalOut: presence === 0,
        flatten: false,
        only: null,
        place: { file: 'src/lib.rs', line: index, column: at },
      }))
  return fc
    .integer({ min: range.from, max: range.to })
    .chain((count) => fc.tuple(...Array.from({ length: count }, (_, at) => field(at + range.from))))
}

const taggings: Tagging[] = [
  { style: 'external' },
  { style: 'internal', tag: 'event_type' },
  { style: 'adjacent', tag: 'event_type', content: 'content' },
  { style: 'untagged' },
]

/** The `index`th type, which may refer to those before it, and by way of options and lists to itself. */
export function arbitraryType(
  index: number,
  known: readonly TypeSchema[],
): fc.Arbitrary<TypeSchema> {
  const name = `Type${index}`
  const inner = arbitraryTypeRef(known, [])
  const recursive = fc.oneof(
    inner,
    inner,
    fc.constantFrom<TypeRef>(
      { kind: 'option', of: { kind: 'named', name, args: [] } },
      { kind: 'list', of: { kind: 'named', name, args: [] } },
    ),
  )
  const flat = known.filter((type) => canBeFlattened(type))
  const part = fc.constantFrom(
    ...flat.map((type): TypeRef => ({ kind: 'named', name: type.name, args: [] })),
    { kind: 'map', key: t.string, value: t.unknown } satisfies TypeRef,
  )
  const docs = fc.constantFrom<string[]>([], ['One line.'], ['Two lines.', '', '  And a third */.'])
  const objects = fc
    .tuple(fieldsOf(index, recursive), docs)
    .map(([fields, docs]) => ({ ...object(name, fields), docs }))
  const withFlat = fc
    .tuple(fieldsOf(index, recursive), part)
    .map(([fields, type]) => object(name, [...fields, ...flatten(type)]))
  const generic = fieldsOf(index, arbitraryTypeRef(known, ['T']), { from: 1, to: 3 }).map(
    (fields) => {
      const [first, ...rest] = fields
      const used = first ? [{ ...first, type: { kind: 'param', name: 'T' } as const }] : []
      return object(name, [...used, ...rest], { params: ['T'] })
    },
  )
  const aliases = inner.map((type) => alias(name, type))
  const texts = fc
    .subarray(['in_progress', 'Done', "it's", 'open'], { minLength: 1 })
    .map((names) => variants(name, Object.fromEntries(names.map((text) => [text, null]))))
  const enums = fc
    .tuple(
      fc.constantFrom(...taggings),
      fieldsOf(index, inner, { from: 0, to: 2 }),
      fieldsOf(index, inner, { from: 3, to: 4 }),
      inner,
      fc.constantFrom(...known, null),
    )
    .map(([tagging, a, b, value, struct]) => {
      const isInternal = tagging.style === 'internal'
      const content: TypeRef | null =
        struct?.form === 'object' && canBeFlattened(struct)
          ? { kind: 'named', name: struct.name, args: [] }
          : null
      return variants(
        name,
        {
          first_one: a,
          SecondOne: b,
          third: null,
          ...(content && { fourth: content }),
          ...(!isInternal && { fifth: value }),
        },
        tagging,
      )
    })
  return fc.oneof(objects, objects, withFlat, generic, aliases, texts, enums, enums)
}

/** What serde can flatten, and has members of which no other type has one. */
function canBeFlattened(type: TypeSchema): boolean {
  if (type.params.length > 0) return false
  if (type.form === 'enum') {
    const style = type.tagging.style
    return style === 'internal' || style === 'adjacent'
  }
  return type.form === 'object' && type.fields.every(({ flatten }) => !flatten)
}
