import { compareNames } from '../../names.ts'
import type { FunctionSchema, Schema, TypeRef, TypeSchema } from '../../schema.ts'
import { type Case, toCamelCase } from './naming.ts'
import { type Field, substitute } from './shapes.ts'
import { findUsage, received, type Usage } from './usage.ts'

/** A schema as the emitters read it: sorted, and with the usage of each type. */
export interface Model {
  functions: readonly FunctionSchema[]
  types: readonly TypeSchema[]
  case: Case
  find(name: string): TypeSchema | undefined
  usageOf(name: string): Usage
}

const kinds = ['query', 'mutation', 'job', 'workflow']

/** Creates the model of a schema: equal for equal schemas, whatever their order. */
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

/** A member's name in TypeScript. */
export function memberName(model: Model, field: Pick<Field, 'wireName' | 'isFixed'>): string {
  const { wireName, isFixed } = field
  return model.case === 'wire' || isFixed ? wireName : toCamelCase(wireName)
}

/** Replaces an alias by its type, again and again, until the result is no alias. */
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

/** Maps the parameters of a generic type to its arguments. */
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
