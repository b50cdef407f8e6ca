import { compareNames } from '../../names.ts'
import type { FunctionSchema, Schema, TypeRef, TypeSchema } from '../../schema.ts'
import { type Case, toCamelCase } from './naming.ts'
import { type Field, substitute } from './shapes.ts'
import { findUsage, received, type Usage } from './usage.ts'

/** A schema as TypeScript sees it: sorted, with names, and the way each type goes. */
export interface Model {
  functions: readonly FunctionSchema[]
  types: readonly TypeSchema[]
  case: Case
  find(name: string): TypeSchema | undefined
  usageOf(name: string): Usage
}

const kinds = ['query', 'mutation', 'job', 'workflow']

/** The model of a schema: equal for equal schemas, whatever the order in them. */
export function createModel(schema: Schema, memberCase: Case): Model {
  const types = schema.types.toSorted((a, b) => compareNames(a.name, b.name))
  const functions = schema.functions.toSorted(
    (a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || compareNames(a.name, b.name),
  )
  const byName = new Map(types.map((type) => [type.name, type]))
  const usage = findUsage(schema)
  return {
    functions,
    types,
    case: memberCase,
    find: (name) => byName.get(name),
    usageOf: (name) => usage.get(name) ?? received,
  }
}

/** What a member is called in TypeScript. */
export function memberName(model: Model, field: Pick<Field, 'wireName' | 'isFixed'>): string {
  const { wireName, isFixed } = field
  return model.case === 'wire' || isFixed ? wireName : toCamelCase(wireName)
}

/** What an alias means, and what that means, until it is none. */
export function expand(model: Model, type: TypeRef): TypeRef {
  const seen = new Set<string>()
  let shown = type
  for (;;) {
    if (shown.kind !== 'named' || seen.has(shown.name)) return shown
    const found = model.find(shown.name)
    if (found?.form !== 'alias') return shown
    seen.add(shown.name)
    shown = substitute(found.type, bindParams(found, shown.args))
  }
}

/** The arguments of a generic type, by its parameters. */
export function bindParams(
  type: TypeSchema | undefined,
  args: readonly TypeRef[],
): ReadonlyMap<string, TypeRef> {
  return new Map(
    (type?.params ?? []).flatMap((param, at) => {
      const arg = args[at]
      return arg ? [[param, arg] as const] : []
    }),
  )
}
