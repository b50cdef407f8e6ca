import type { RustFunction, TypeExpression } from '../parse/rust.ts'
import type { ArgsSchema, FieldSchema, FunctionSchema } from '../schema.ts'
import { isOptional, toPath, withoutResult } from './alias.ts'
import type { Context, Where } from './context.ts'
import { toTypeRef } from './to-type-ref.ts'

/** What the server hands to a function itself: no client sends it. */
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

/** What a function takes and gives. */
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
  }
  return given.text ?? name
}

/** A version of a workflow that only finishes what it has begun, or is not in use yet. */
export function isRetired({ kind, attribute: { items } }: RustFunction): boolean {
  return (
    kind === 'workflow' && items.some(({ path }) => path === 'deprecated' || path === 'staging')
  )
}

function toArgs({ name, params }: RustFunction, where: Where): ArgsSchema {
  const [first] = params
  const context = first ? toPath(first.type, where)?.type.path.at(-1) : undefined
  const sent = contexts.has(context ?? '') ? params.slice(1) : params
  const [only] = sent
  if (!only) return { form: 'none' }
  if (sent.length === 1 && isArgsType(only.type, where)) {
    return { form: 'direct', type: toTypeRef(only.type, where) }
  }
  const fields = sent.map(({ pattern, type, place }): FieldSchema => {
    if (pattern === null) {
      where.context.report(
        place,
        `A parameter of \`${name}\` has no name, and arguments are sent by name`,
        'Give it one, and take it apart inside of the function.',
      )
    }
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
  })
  return { form: 'object', fields }
}

/** A declared type whose name says that it is all the arguments, behind an `Option` or a `Vec` also. */
function isArgsType(type: TypeExpression, where: Where): boolean {
  if (type.kind !== 'path') return false
  const name = type.path.at(-1) ?? ''
  const [inner] = type.args
  if (inner && (name === 'Option' || name === 'Vec')) return isArgsType(inner, where)
  const { context, scope } = where
  if (!name.endsWith('Args') && !name.endsWith('Input')) return false
  return context.types.has(name) || context.declarations.find(type.path, scope).kind === 'declared'
}
