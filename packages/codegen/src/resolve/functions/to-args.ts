import type { RustFunction, RustParam } from '../../parse/rust.ts'
import type { ArgsSchema, FieldSchema } from '../../schema.ts'
import type { Where } from '../names/context.ts'
import { isOptional } from '../names/follow-alias.ts'
import { toTypeRef } from '../types/to-type-ref.ts'
import { isArgsType } from './args-type.ts'
import { checkParams } from './check-params.ts'

/**
 * Types that a query or a mutation takes as a member, named by the parameter. Forge's macros read
 * the written name and follow no alias.
 */
const wrapped = new Set(
  [
    'i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize f32 f64 bool char String str',
    'Vec Option HashMap BTreeMap HashSet BTreeSet Uuid',
  ].flatMap((names) => names.split(' ')),
)

/**
 * Resolves the parameters of a function into its arguments, in the form that Forge's macros read.
 */
export function toArgs(declared: RustFunction, where: Where): ArgsSchema {
  const sent = checkParams(declared, where)
  const [only] = sent
  if (!only) return { form: 'none' }
  const isRun = declared.kind === 'job' || declared.kind === 'workflow'
  const isBare = sent.length === 1 && (isRun || !isWrapped(only))
  if (sent.length === 1 && isArgsType(only.type, where)) {
    const member = isBare ? null : (only.pattern ?? '_')
    const { place } = only
    return { form: 'direct', type: toTypeRef(only.type, where), member, enveloped: false, place }
  }
  const fields = sent.map((param) => toField(param, where))
  return { form: 'object', fields, bare: isBare, filled: false, enveloped: false }
}

function isWrapped({ type, isBracketed }: RustParam): boolean {
  return !isBracketed && type.kind === 'path' && wrapped.has(type.path.at(-1) ?? '')
}

function toField({ pattern, type, place }: RustParam, where: Where): FieldSchema {
  return {
    wireName: pattern ?? '_',
    docs: [],
    type: toTypeRef(type, where),
    optionalIn: isOptional(type, where),
    optionalOut: false,
    flatten: false,
    only: null,
    place,
  }
}
