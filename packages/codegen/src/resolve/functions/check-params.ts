import type { RustFunction, RustParam, TypeExpression } from '../../parse/rust.ts'
import { findKnownType } from '../known/known-types.ts'
import type { Where } from '../names/context.ts'
import { followAliases } from '../names/follow-alias.ts'
import { isArgsType } from './args-type.ts'

/** Contexts that the server passes to a function; no client sends them. */
const contexts = new Set([
  'QueryContext',
  'MutationContext',
  'JobContext',
  'CronContext',
  'WorkflowContext',
  'DaemonContext',
  'WebhookContext',
  'McpToolContext',
])

/** Numbers that Forge refuses as a parameter of a query or a mutation. */
const refusedNumbers = new Set('usize isize u8 u16 u32 u64 u128 i8 i16 i128'.split(' '))

/**
 * The parameters that a client sends: all but the first, the context. Reports those that Forge's
 * macros refuse.
 */
export function checkParams(
  { kind, name, params, place }: RustFunction,
  where: Where,
): RustParam[] {
  const { report } = where.context
  const [first, ...sent] = params
  if (first && !isContext(first, where)) {
    // An unknown type is reported elsewhere.
    if (!isKnown(first.type, where)) return params
    report(
      first.place,
      `The first parameter of \`${name}\` is no context, and Forge hands it one`,
      `Put \`ctx: &${contextOf[kind]}\` before it.`,
    )
    return sent
  }
  const isRun = kind === 'job' || kind === 'workflow'
  for (const param of sent) checkParam(param)
  if (!isRun) {
    for (const param of sent) checkNumber(param.type)
    return sent
  }
  const [only, second] = sent
  if (!only) {
    report(
      place,
      `The ${kind} \`${name}\` takes nothing, and Forge hands it \`{}\`, which is no \`()\`: it would fail whenever it is started`,
      `Have it take an empty struct: \`#[derive(Serialize, Deserialize)] struct NothingArgs {}\`, and \`_args: NothingArgs\`.`,
    )
  }
  if (second) {
    report(
      second.place,
      `The ${kind} \`${name}\` takes more than one parameter, and Forge hands it one value`,
      'Make them the fields of a struct, and take that.',
    )
  }
  return sent.slice(0, 1)

  function checkParam({ pattern, type, isReference, place }: RustParam): void {
    // A parameter that is all the arguments needs no name.
    if (pattern === null && !(isRun && isArgsType(type, where))) {
      report(
        place,
        `A parameter of \`${name}\` has no name, and arguments are sent by name`,
        'Give it one, and take it apart inside of the function.',
      )
    }
    if (isReference) {
      report(
        place,
        `A parameter of \`${name}\` is a reference, and what is sent belongs to nobody else`,
        'Take the value itself: `String` for `&str`, `Vec<T>` for `&[T]`.',
      )
    }
  }

  /** Forge looks into `Option` and `Vec`, but not behind an alias. */
  function checkNumber(type: TypeExpression): void {
    if (type.kind !== 'path') return
    const written = type.path.at(-1) ?? ''
    const [inner] = type.args
    if (inner && (written === 'Option' || written === 'Vec')) return checkNumber(inner)
    if (!refusedNumbers.has(written)) return
    report(
      type.place,
      `Forge takes no \`${written}\` as a parameter of a ${kind}`,
      'Take an `i32` or an `i64`, or make it a field of a struct.',
    )
  }
}

const contextOf = {
  query: 'QueryContext',
  mutation: 'MutationContext',
  job: 'JobContext',
  workflow: 'WorkflowContext',
}

/** True where a parameter is probably a context. A type from elsewhere is judged by its name. */
function isContext({ pattern, type }: RustParam, where: Where): boolean {
  const found = followAliases(type, where)
  const name = found?.type.path.at(-1) ?? ''
  if (contexts.has(name)) return true
  if (!found || isKnown(type, where)) return false
  return /Context$|Ctx$/.test(name) || pattern === null || /^_?(ctx|context)$/.test(pattern)
}

/** True where the type is declared here, or is a known type. */
function isKnown(type: TypeExpression, where: Where): boolean {
  const found = followAliases(type, where)
  if (!found) return true
  const { path, args } = found.type
  const { declarations, types } = where.context
  if (types.has(path.at(-1) ?? '')) return true
  const meant = declarations.find(path, found.where.scope)
  return meant.kind !== 'elsewhere' || findKnownType(meant.path, args.length) !== null
}
