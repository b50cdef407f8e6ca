import type { TypeSchema } from '../../src/schema.ts'
import * as s from './build-schema.ts'
import { generated } from './generate.ts'

export const user = s.named('User')
/** A type whose member has another name on the wire. */
export const userType = s.object('User', s.fields({ user_id: s.t.string }))

/** What converts a type both ways: the functions, without the codec and without what converts the user. */
export function converted(...types: TypeSchema[]): string {
  const [type] = types
  const ref = s.named(type?.name ?? '')
  const all = s.schema(s.mutation('echo', ref, ref), ...types, userType)
  const text = generated('convert.ts', all)
  return text
    .slice(text.indexOf('\nfunction'))
    .replace(/\nfunction user[\s\S]*/, '')
    .trim()
}
