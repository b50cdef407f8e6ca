import fc from 'fast-check'
import type { TypeRef, TypeSchema } from '../../src/schema.ts'
import { t } from './build-schema.ts'

/** A type, of which the named ones are among the first `known`. */
export function arbitraryTypeRef(
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
    const inner = arbitraryTypeRef(known, params, depth - 1)
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
          .tuple(...type.params.map(() => arbitraryTypeRef(plainTypes, params, 0)))
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
