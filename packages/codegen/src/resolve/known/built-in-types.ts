import type { Place } from '../../problem.ts'
import type { FieldSchema, TypeRef, TypeSchema } from '../../schema.ts'

const number: TypeRef = { kind: 'number' }
const string: TypeRef = { kind: 'string' }
const unknown: TypeRef = { kind: 'unknown' }
const param = (name: string): TypeRef => ({ kind: 'param', name })

/** Types of Forge, the standard library and serde that the output has to declare. */
export type BuiltIn =
  | 'Page'
  | 'PageInfo'
  | 'TokenPair'
  | 'Delta'
  | 'Claims'
  | 'WebhookResult'
  | 'WorkflowEvent'
  | 'Duration'
  | 'SystemTime'
  | 'Result'

/** A built-in type that another one uses. */
export const alsoBuiltIn: Partial<Record<BuiltIn, BuiltIn>> = { Page: 'PageInfo' }

/** The schema of a built-in type; `place` is its first use. */
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
    case 'TokenPair':
      return {
        ...base,
        docs: ['A token to ask with, and one to get the next with.'],
        form: 'object',
        fields: [field('access_token', string), field('refresh_token', string)],
      }
    case 'Delta':
      return {
        ...base,
        docs: ['What has changed in a list.'],
        params: ['T'],
        form: 'object',
        fields: [
          field('added', { kind: 'list', of: param('T') }),
          field('removed', { kind: 'list', of: string }),
          field('updated', { kind: 'list', of: param('T') }),
        ],
      }
    case 'Claims':
      return {
        ...base,
        docs: ['What a token says of whom it is for.'],
        form: 'object',
        fields: [
          field('sub', string),
          field('iat', number),
          field('exp', number),
          field('aud', { kind: 'option', of: string }),
          { ...field('roles', { kind: 'list', of: string }), optionalIn: true },
          { ...field('custom', { kind: 'map', key: string, value: unknown }), flatten: true },
        ],
      }
    case 'WebhookResult': {
      const fields = [field('status_code', number), field('body', unknown)]
      return {
        ...base,
        docs: ['What a webhook answers.'],
        form: 'enum',
        tagging: { style: 'internal', tag: 'status' },
        variants: [
          { wireName: 'ok', docs: [], shape: { form: 'unit' }, place },
          { wireName: 'accepted', docs: [], shape: { form: 'unit' }, place },
          { wireName: 'custom', docs: [], shape: { form: 'object', fields }, place },
        ],
      }
    }
    case 'WorkflowEvent':
      return {
        ...base,
        docs: ['What has happened that a workflow may wait for.'],
        form: 'object',
        fields: [
          field('id', string),
          field('event_name', string),
          field('correlation_id', string),
          { ...field('payload', { kind: 'option', of: unknown }), optionalOut: false },
          field('created_at', string),
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
