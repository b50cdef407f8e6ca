import type { RustField } from '../../parse/rust.ts'
import type { FieldSchema, TypeRef } from '../../schema.ts'
import { findWith } from '../known/with-modules.ts'
import { unresolved, type Where } from '../names/context.ts'
import { isOptional } from '../names/follow-alias.ts'
import type { Directions } from '../serde/directions.ts'
import { type Directed, readSerde, type Serde } from '../serde/read-serde.ts'
import { type RenameRule, renameField } from '../serde/rename-rules.ts'
import { wireName } from '../serde/wire-name.ts'
import { toTypeRef } from './to-type-ref.ts'

/** The settings that all fields of a struct or a variant share. */
export interface Fields {
  /** The struct or variant, as errors and the config name it: `User`, `Event.Created`. */
  owner: string
  rule: Directed<RenameRule>
  /** True where the struct has `default`: the client may leave out every field. */
  default: boolean
  /** True with serde_with's `skip_serializing_none`: the server leaves out each `None`. */
  skipNone: boolean
  directions: Directions
}

/** Resolves named fields into the members of an object on the wire. */
export function toFields(fields: RustField[], of: Fields, where: Where): FieldSchema[] {
  return fields.flatMap((field) => toField(field, of, where) ?? [])
}

/** Resolves unnamed fields into the values of a tuple on the wire. */
export function toValues(fields: RustField[], owner: string, where: Where): TypeRef[] {
  return fields.flatMap((field) => {
    const serde = readSerde(field.attributes, where.context.report)
    return serde.skip.in || serde.skip.out ? [] : [toFieldType(field, owner, serde, where)]
  })
}

function toField(field: RustField, of: Fields, where: Where): FieldSchema | null {
  const serde = readSerde(field.attributes, where.context.report)
  const { name, docs, place } = field
  const sent = {
    in: of.directions.in && !serde.skip.in,
    out: of.directions.out && !serde.skip.out,
  }
  if (!sent.in && !sent.out) return null
  const skipsNone = of.skipNone && field.type.kind === 'path' && field.type.path.at(-1) === 'Option'
  const rename = { ...serde, rule: of.rule, apply: renameField }
  return {
    wireName: wireName({ ...rename, name, directions: sent, place }, where.context.report),
    docs,
    type: toFieldType(field, of.owner, serde, where),
    // [serde] a missing `Option` reads as `None`, unless the field has a function of its own.
    optionalIn:
      sent.in && (serde.default || of.default || (!serde.with && isOptional(field.type, where))),
    optionalOut: sent.out && (serde.skipIf || skipsNone),
    flatten: serde.flatten,
    only: onlyWay(of.directions, sent),
    place,
  }
}

function onlyWay(both: Directions, sent: Directions): FieldSchema['only'] {
  if (!both.in || !both.out || (sent.in && sent.out)) return null
  return sent.in ? 'in' : 'out'
}

function toFieldType(field: RustField, owner: string, serde: Serde, where: Where): TypeRef {
  const { context } = where
  const name = `${owner}.${field.name}`
  const text = context.types.get(name)
  if (text !== undefined) return { kind: 'verbatim', text }
  if (!serde.with) return toTypeRef(field.type, where)
  const found = findWith(serde.with.path)
  if (found) return found
  context.report(
    serde.with.place,
    `\`${name}\` is written by \`${serde.with.path}\`: what comes out of that cannot be read`,
    `Say in the config what it is in TypeScript: types: { '${name}': 'string' }`,
  )
  return unresolved
}
