import type { RustFunction, TypeExpression } from '../../parse/rust.ts'
import type { FunctionSchema } from '../../schema.ts'
import type { Context, Where } from '../names/context.ts'
import { isResult, withoutResult } from '../names/follow-alias.ts'
import { toTypeRef } from '../types/to-type-ref.ts'
import { toArgs } from './to-args.ts'

/** Resolves a function into its arguments and output on the wire. */
export function toFunctionSchema(declared: RustFunction, context: Context): FunctionSchema {
  const { kind, name, docs, generics, scope, place } = declared
  const where: Where = { context, scope, params: new Map(), self: null, depth: 0 }
  if (generics.length > 0) {
    context.report(
      place,
      `\`${name}\` is generic, but a client cannot name the type arguments`,
      'Write the types out, or write one function for each.',
    )
    for (const generic of generics) where.params.set(generic.name, 'itself')
  }
  const args = toArgs(declared, where)
  const output = declared.output ? withoutResult(declared.output, where) : null
  if (declared.output) checkResult(name, declared.output, where)
  return {
    kind,
    name,
    wireName: toWireName(declared, context),
    docs,
    args,
    output: output ? toTypeRef(output.type, output.where) : { kind: 'unit' },
    place,
  }
}

/**
 * Forge's macros read the written name. An aliased `Result` would be sent whole, as `Ok` or `Err`.
 */
function checkResult(name: string, output: TypeExpression, where: Where): void {
  if (!isResult(output, where)) return
  if (output.kind === 'path' && output.path.at(-1) === 'Result') return
  where.context.report(
    output.place,
    `\`${name}\` returns an alias of \`Result\`, which Forge would send whole, as \`Ok\` ` +
      'or `Err`',
    'Write Result<…> here.',
  )
}

/** The attribute's `name`, or the function's. */
export function toWireName({ name, attribute }: RustFunction, { report }: Context): string {
  const given = attribute.items.find(({ path }) => path === 'name')
  if (!given) return name
  if (given.text === null) {
    report(
      given.place,
      `The name of \`${name}\` must be a string literal`,
      'Write it out: name = "export_users".',
    )
  } else if (!callable.test(given.text)) {
    report(
      given.place,
      `"${given.text}" is not a name that Forge accepts`,
      'Use 1 to 256 letters, digits, `_`, `.`, `:` and `-`.',
    )
  }
  return given.text ?? name
}

/** Names that Forge routes; names of the system begin with `$`. */
const callable = /^[\p{Alphabetic}\p{N}_.:-]{1,256}$/u

/** True for a version of a workflow that no longer starts, or does not start yet. */
export function isRetired({ kind, attribute: { items } }: RustFunction): boolean {
  return (
    kind === 'workflow' &&
    items.some(
      ({ path, text }) =>
        path === 'deprecated' ||
        (path === 'status' && (text === 'deprecated' || text === 'staging')),
    )
  )
}
