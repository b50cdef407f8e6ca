import type { FieldSchema, Place, TypeRef, TypeSchema } from '../schema.ts'

const number: TypeRef = { kind: 'number' }
const string: TypeRef = { kind: 'string' }
const param = (name: string): TypeRef => ({ kind: 'param', name })

/** Types that Forge, the standard library and serde bring along, in the form that they have on the wire. */
export type BuiltIn = 'Page' | 'PageInfo' | 'Duration' | 'SystemTime' | 'Result'

/** What it looks like, with `place` for where it is used first. */
export function builtInType(name: BuiltIn, place: Place): TypeSchema {
  const base = { name, params: [], place }
  switch (name) {
    case 'Page':
      return {
        ...base,
        docs: ['Some of many items, and where they stand among them.'],
        params: ['T'],
        form: 'object',
        fields: [
          field('items', { kind: 'list', of: param('T') }),
          field('page_info', { kind: 'named', name: 'PageInfo', args: [] }),
        ],
      }
    case 'PageInfo':
      return {
        ...base,
        docs: ['Where the items of a page stand among all of them.'],
        form: 'object',
        fields: [
          field('has_next_page', { kind: 'boolean' }),
          field('end_cursor', { kind: 'option', of: string }),
          field('total_count', { kind: 'option', of: number }),
        ],
      }
    case 'Duration':
      return {
        ...base,
        docs: ['A span of time.'],
        form: 'object',
        fields: [field('secs', number), field('nanos', number)],
      }
    case 'SystemTime':
      return {
        ...base,
        docs: ['A time since 1970, in UTC.'],
        form: 'object',
        fields: [field('secs_since_epoch', number), field('nanos_since_epoch', number)],
      }
    case 'Result':
      return {
        ...base,
        docs: ['What was made, or why it could not be made.'],
        params: ['T', 'E'],
        form: 'enum',
        tagging: { style: 'external' },
        variants: [
          { wireName: 'Ok', docs: [], shape: { form: 'value', type: param('T') }, place },
          { wireName: 'Err', docs: [], shape: { form: 'value', type: param('E') }, place },
        ],
      }
  }

  function field(wireName: string, type: TypeRef): FieldSchema {
    const optional = type.kind === 'option'
    return {
      wireName,
      docs: [],
      type,
      optionalIn: optional,
      optionalOut: optional,
      flatten: false,
      only: null,
      place,
    }
  }
}
