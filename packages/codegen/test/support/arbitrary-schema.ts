import fc from 'fast-check'
import type { FieldSchema, Schema, Tagging, TypeRef, TypeSchema } from '../../src/schema.ts'
import { alias, job, mutation, object, query, schema, t, variants } from './build-schema.ts'

/** Ways to write a name of two words, all of which are one name in camelCase. */
const styles: ((a: string, b: string) => string)[] = [
  (a, b) => `${a}_${b}`,
  (a, b) => `${a}_${b}`,
  (a, b) => `${a}${upper(b)}`,
  (a, b) => `${upper(a)}${upper(b)}`,
  (a, b) => `${a}-${b}`,
  (a, b) => `${a}_${b}`.toUpperCase(),
]

const letters = 'abcdefghij'
const upper = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)
const letter = (at: number): string => letters.charAt(at % letters.length)

/** What a member is called in camelCase, whichever way it is written: `typeA` for any `type_a`. */
export function camelNames(): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  for (let type = 0; type < 20; type += 1) {
    for (let field = 0; field < 10; field += 1) {
      for (const style of styles) {
        const [a, b] = wordsOf(type, field)
        names.set(style(a, b), `${a}${upper(b)}`)
      }
    }
  }
  names.set('event_type', 'eventType')
  return names
}

/** Two words that no other member of any type has. */
function wordsOf(type: number, field: number): [string, string] {
  return [`${letter(type)}${type > 9 ? 'z' : ''}ab`, `c${letter(field)}d`]
}

/** A type, of which the named ones are among the first `known`. */
function typeRef(
  known: readonly TypeSchema[],
  params: readonly string[],
  depth = 2,
): fc.Arbitrary<TypeRef> {
  const plain = fc.constantFrom<TypeRef>(
    t.string,
    t.number,
    t.boolean,
    t.unknown,
    t.string,
    t.number,
  )
  const options: fc.Arbitrary<TypeRef>[] = [plain]
  if (params.length > 0) {
    options.push(fc.constantFrom(...params).map((name) => ({ kind: 'param', name })))
  }
  if (depth > 0) {
    const inner = typeRef(known, params, depth - 1)
    options.push(
      inner.map((of) => ({ kind: 'option', of })),
      inner.map((of) => ({ kind: 'list', of })),
      fc.array(inner, { minLength: 2, maxLength: 3 }).map((of) => ({ kind: 'tuple', of })),
      inner.map((value) => ({ kind: 'map', key: t.string, value })),
    )
    const enums = known.filter(isPlainEnum)
    if (enums.length > 0) {
      const key = fc.constantFrom(...enums)
      options.push(
        fc.tuple(key, inner).map(([{ name }, value]) => ({
          kind: 'map',
          key: { kind: 'named', name, args: [] },
          value,
        })),
      )
    }
  }
  // What is generic is given nothing that is generic: no Rust is nested any deeper.
  const plainTypes = known.filter((type) => type.params.length === 0)
  const usable = depth > 0 ? known : plainTypes
  if (usable.length > 0) {
    const named = fc
      .constantFrom(...usable)
      .chain((type) =>
        fc
          .tuple(...type.params.map(() => typeRef(plainTypes, params, 0)))
          .map((args): TypeRef => ({ kind: 'named', name: type.name, args })),
      )
    options.push(named, named)
  }
  return fc.oneof(...options)
}

function isPlainEnum(type: TypeSchema): boolean {
  const isText = (variant: { shape: { form: string } }): boolean => variant.shape.form === 'unit'
  return type.form === 'enum' && type.tagging.style === 'external' && type.variants.every(isText)
}

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

const flattened = (type: TypeRef): FieldSchema => ({
  wireName: 'flattened',
  docs: [],
  type,
  optionalIn: false,
  optionalOut: false,
  flatten: true,
  only: null,
  place: { file: 'src/lib.rs', line: 1, column: 1 },
})

const taggings: Tagging[] = [
  { style: 'external' },
  { style: 'internal', tag: 'event_type' },
  { style: 'adjacent', tag: 'event_type', content: 'content' },
  { style: 'untagged' },
]

/** The `index`th type, which may refer to those before it, and by way of options and lists to itself. */
function typeSchema(index: number, known: readonly TypeSchema[]): fc.Arbitrary<TypeSchema> {
  const name = `Type${index}`
  const inner = typeRef(known, [])
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
    .map(([fields, type]) => object(name, [...fields, flattened(type)]))
  const generic = fieldsOf(index, typeRef(known, ['T']), { from: 1, to: 3 }).map((fields) => {
    const [first, ...rest] = fields
    const used = first ? [{ ...first, type: { kind: 'param', name: 'T' } as const }] : []
    return object(name, [...used, ...rest], { params: ['T'] })
  })
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

/** A schema: types that refer to each other, and functions that send them, receive them, or both. */
export const arbitrarySchema: fc.Arbitrary<Schema> = fc
  .integer({ min: 1, max: 5 })
  .chain((count) => {
    let types: fc.Arbitrary<TypeSchema[]> = fc.constant([])
    for (let index = 0; index < count; index += 1) {
      types = types.chain((known) => typeSchema(index, known).map((type) => [...known, type]))
    }
    return types.chain((types) => {
      const functions = types.map((type, index) => {
        const args = fc.tuple(...type.params.map(() => typeRef(types, [], 0)))
        return fc
          .tuple(args, fc.constantFrom('echo', 'give', 'take', 'put'))
          .map(([args, what]) => {
            const ref: TypeRef = { kind: 'named', name: type.name, args }
            if (what === 'echo') return mutation(`echo_${index}`, ref, ref)
            if (what === 'give') return query(`give_${index}`, null, ref)
            if (what === 'take') return job(`take_${index}`, ref, t.unit)
            return job(`put_${index}`, memberOf(index, ref), { kind: 'option', of: ref })
          })
      })
      return fc.tuple(...functions).map((functions) => schema(...types, ...functions))
    })
  })

function memberOf(index: number, type: TypeRef): FieldSchema[] {
  const [a, b] = wordsOf(index, 9)
  return [{ ...flattened(type), wireName: `${a}_${b}`, flatten: false }]
}
