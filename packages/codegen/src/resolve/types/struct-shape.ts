import type { Declaration } from '../../parse/rust.ts'
import type { FieldSchema, TypeShape } from '../../schema.ts'
import type { Where } from '../names/context.ts'
import { directionsOf } from '../serde/directions.ts'
import { readSerde, type Serde } from '../serde/read-serde.ts'
import { renameVariant } from '../serde/rename-rules.ts'
import { wireName } from '../serde/wire-name.ts'
import { toFields, toValues } from './to-fields.ts'
import { toTypeRef } from './to-type-ref.ts'

type Struct = Extract<Declaration, { kind: 'struct' }>

/** Resolves a struct into the form that serde gives it. */
export function toStructShape(struct: Struct, serde: Serde, where: Where): TypeShape {
  const { name, body } = struct
  if (serde.transparent && body.form !== 'unit') return transparentShape(struct, where)
  if (body.form === 'unit') return { form: 'alias', type: { kind: 'unit' } }
  if (body.form === 'tuple') {
    const of = toValues(body.fields, name, where)
    const [only] = of
    // [serde] a struct with one unnamed field is written as the field's value.
    if (body.fields.length === 1 && only) return { form: 'alias', type: only }
    return { form: 'alias', type: { kind: 'tuple', of } }
  }
  const fields = toFields(
    body.fields,
    {
      owner: name,
      rule: serde.renameAll,
      default: serde.default,
      skipNone: serde.skipNone,
      directions: directionsOf(struct),
    },
    where,
  )
  const { tag } = serde
  return {
    form: 'object',
    fields: tag === null ? fields : [tagField(tag, struct, serde, where), ...fields],
  }
}

/** [serde] `transparent`: the struct is written as its only field. */
function transparentShape({ name, body }: Struct, where: Where): TypeShape {
  const fields = body.form === 'unit' ? [] : body.fields
  const inner = fields.filter(({ type, attributes }) => {
    const { skip } = readSerde(attributes, () => undefined)
    const isMarker = type.kind === 'path' && type.path.at(-1) === 'PhantomData'
    return !skip.in && !skip.out && !isMarker
  })
  const [only] = inner
  if (only && inner.length === 1) {
    const [type = toTypeRef(only.type, where)] = toValues(inner, name, where)
    return { form: 'alias', type }
  }
  return { form: 'alias', type: { kind: 'unit' } }
}

/**
 * [serde] `tag` on a struct adds a member that holds the struct's name. Reading ignores that
 * member, or refuses it with `deny_unknown_fields`.
 */
function tagField(tag: string, struct: Struct, serde: Serde, where: Where): FieldSchema {
  const { name, place } = struct
  const directions = directionsOf(struct)
  const value = wireName(
    {
      name,
      rename: serde.rename,
      rule: { in: null, out: null },
      apply: renameVariant,
      directions,
      place,
    },
    where.context.report,
  )
  return {
    wireName: tag,
    docs: [],
    type: { kind: 'literal', value },
    optionalIn: true,
    optionalOut: false,
    flatten: false,
    only: serde.denyUnknown && directions.in ? 'out' : null,
    place,
  }
}
