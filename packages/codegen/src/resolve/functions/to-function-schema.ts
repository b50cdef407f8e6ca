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
      `\`${name}\` is generic: which types it is called with, no client can say`,
      'Write the types out, or one function for each of them.',
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
    `\`${name}\` gives a \`Result\` by another name, which Forge takes for what is sent`,
    'Write Result<…> here, whatever the alias is for.',
  )
}

/** The attribute's `name`, or the function's. */
export function toWireName({ name, attribute }: RustFunction, { report }: Context): string {
  const given = attribute.items.find(({ path }) => path === 'name')
  if (!given) return name
  if (given.text === null) {
    report(
      given.place,
      `The name of \`${name}\` is not written out here`,
      'Give it as a string: name = "export_users".',
    )
  } else if (!callable.test(given.text)) {
    report(
      given.place,
      `"${given.text}" is a name that Forge does not let anybody call`,
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
