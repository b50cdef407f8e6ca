import fc from 'fast-check'
import type { Schema, TypeRef, TypeSchema } from '../../src/schema.ts'
import { wordsOf } from './arbitrary-names.ts'
import { arbitraryType } from './arbitrary-type.ts'
import { arbitraryTypeRef } from './arbitrary-type-ref.ts'
import { fields, job, mutation, query, schema, t } from './build-schema.ts'

/** A schema: types that refer to each other, and functions that send them, receive them, or both. */
export const arbitrarySchema: fc.Arbitrary<Schema> = fc
  .integer({ min: 1, max: 5 })
  .chain((count) => {
    let types: fc.Arbitrary<TypeSchema[]> = fc.constant([])
    for (let index = 0; index < count; index += 1) {
      types = types.chain((known) => arbitraryType(index, known).map((type) => [...known, type]))
    }
    return types.chain((types) => {
      const functions = types.map((type, index) => {
        const args = fc.tuple(...type.params.map(() => arbitraryTypeRef(types, [], 0)))
        return fc
          .tuple(args, fc.constantFrom('echo', 'give', 'take', 'put'))
          .map(([args, what]) => {
            const ref: TypeRef = { kind: 'named', name: type.name, args }
            if (what === 'echo') return mutation(`echo_${index}`, ref, ref)
            if (what === 'give') return query(`give_${index}`, null, ref)
            if (what === 'take') return job(`take_${index}`, ref, t.unit)
            return job(`put_${index}`, fields({ [wordsOf(index, 9).join('_')]: ref }), {
              kind: 'option',
              of: ref,
            })
          })
      })
      return fc.tuple(...functions).map((functions) => schema(...types, ...functions))
    })
  })
