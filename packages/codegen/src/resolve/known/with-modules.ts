import type { TypeRef } from '../../schema.ts'

const string: TypeRef = { kind: 'string' }
const number: TypeRef = { kind: 'number' }

/** Widely used modules that write a field in their own way, and the type they write. */
const known: [RegExp, TypeRef][] = [
  [/^chrono::serde::ts_(micro|milli|nano)?seconds$/, number],
  [/^chrono::serde::ts_(micro|milli|nano)?seconds_option$/, { kind: 'option', of: number }],
  [/^time::serde::(rfc3339|rfc2822|iso8601)$/, string],
  [/^time::serde::(rfc3339|rfc2822|iso8601)::option$/, { kind: 'option', of: string }],
  [/^time::serde::timestamp(::\w+seconds)?$/, number],
  [/^rust_decimal::serde::(float|arbitrary_precision)$/, number],
  [/^rust_decimal::serde::str$/, string],
  [/^uuid::serde::(braced|compact|simple|urn)$/, string],
  [/^humantime_serde$/, string],
  [/^serde_bytes$/, { kind: 'list', of: number }],
  [/^(serde_with::)?DisplayFromStr$/, string],
  [/^Option<\s*(serde_with::)?DisplayFromStr\s*>$/, { kind: 'option', of: string }],
]

/** The type that a `with` module or a `serde_as` type writes; `null` when it is not known. */
export function findWith(path: string): TypeRef | null {
  return known.find(([pattern]) => pattern.test(path.trim()))?.[1] ?? null
}
