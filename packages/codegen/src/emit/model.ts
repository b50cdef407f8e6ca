import { toCamelCase, toTypeName } from '../naming.ts'
import type { FunctionSchema, Place, Schema, TypeRef, TypeSchema } from '../schema.ts'
import type { EmitOptions } from './emit.ts'
import { type Field, type Shape, substitute } from './shapes.ts'
import { findUsage, received, type Usage } from './usage.ts'

/** A schema as TypeScript sees it: sorted, with names, and the way each type goes. */
export interface Model {
  functions: readonly FunctionSchema[]
  types: readonly TypeSchema[]
  case: EmitOptions['case']
  find(name: string): TypeSchema | undefined
  usageOf(name: string): Usage
}

/** What an object has for members, those of what is flattened among them. */
export interface Members {
  own: Member[]
  /** What its other members are, when a map is flattened. */
  rest: TypeRef | null
  /** What is flattened and has no members that could be listed: enums, parameters. */
  parts: TypeRef[]
}

/** A member of an object, by both its names. */
export interface Member {
  wireName: string
  name: string
  docs: readonly string[]
  shape: Shape
  isOptional: boolean
  place: Place
}

const kinds = ['query', 'mutation', 'job', 'workflow']

/** The model of a schema: equal for equal schemas, whatever the order in them. */
export function createModel(schema: Schema, options: EmitOptions): Model {
  const types = schema.types.toSorted((a, b) => compare(a.name, b.name))
  const functions = schema.functions.toSorted(
    (a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || compare(a.name, b.name),
  )
  const byName = new Map(types.map((type) => [type.name, type]))
  const usage = findUsage(schema)
  return {
    functions,
    types,
    case: options.case,
    find: (name) => byName.get(name),
    usageOf: (name) => usage.get(name) ?? received,
  }
}

/** By code units: the same on every machine, whatever its language. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** What a type is called in TypeScript. */
export function typeName(name: string): string {
  return toTypeName(name)
}

/** What a member is called in TypeScript. */
export function memberName(model: Model, field: Pick<Field, 'wireName' | 'isFixed'>): string {
  const { wireName, isFixed } = field
  return model.case === 'wire' || isFixed ? wireName : toCamelCase(wireName)
}

/**
 * The members of an object that goes this way. What one side alone knows is left out of what goes the other
 * way, and may be missing in what goes both ways.
 *
 * @param keepNamed whether a variant's type stays one of the `parts`, by its name
 */
export function membersOf(
  model: Model,
  fields: readonly Field[],
  usage: Usage,
  keepNamed = false,
): Members {
  const members: Members = { own: [], rest: null, parts: [] }
  const add = (field: Field, isOptional: boolean, inside: readonly string[]): void => {
    const { wireName, docs, type, place } = field
    if (field.only === 'out' && !usage.out) return
    if (field.only === 'in' && !usage.in) return
    if (field.flatten && field.type.kind !== 'object') {
      if (keepNamed && field.isNamed && hasMembers(model, field.type, usage)) {
        members.parts.push(field.type)
      } else {
        flatten(field.type, isOptional, inside)
      }
      return
    }
    members.own.push({
      wireName,
      name: memberName(model, field),
      docs,
      shape: type,
      isOptional: isOptional || mayBeMissing(field, usage),
      place,
    })
  }
  const flatten = (type: TypeRef, isOptional: boolean, inside: readonly string[]): void => {
    const shown = expand(model, type)
    if (shown.kind === 'option') return flatten(shown.of, true, inside)
    if (shown.kind === 'map') members.rest = shown.value
    else if (shown.kind === 'unknown') members.rest = shown
    else if (shown.kind !== 'named') members.parts.push(shown)
    else {
      const found = model.find(shown.name)
      if (found?.form !== 'object' || inside.includes(shown.name)) members.parts.push(shown)
      else {
        const values = argsOf(found, shown.args)
        for (const field of found.fields) {
          const substituted = { ...field, type: substitute(field.type, values) }
          add(substituted, isOptional, [...inside, shown.name])
        }
      }
    }
  }
  for (const field of fields) add(field, false, [])
  return members
}

/** Whether a type can stand beside members of another object: an empty one, and a map, would deny them. */
function hasMembers(model: Model, type: TypeRef, usage: Usage): boolean {
  const shown = expand(model, type)
  const found = shown.kind === 'named' ? model.find(shown.name) : undefined
  if (found?.form !== 'object') return false
  const { own, rest } = membersOf(model, found.fields, usage)
  return own.length > 0 && !rest
}

function mayBeMissing(field: Field, usage: Usage): boolean {
  if (usage.in && usage.out) return field.optionalOut || field.only !== null
  return usage.in ? field.optionalIn : field.optionalOut
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
    shown = substitute(found.type, argsOf(found, shown.args))
  }
}

/** The arguments of a generic type, by its parameters. */
export function argsOf(type: TypeSchema, args: readonly TypeRef[]): ReadonlyMap<string, TypeRef> {
  return new Map(
    type.params.flatMap((param, at) => {
      const arg = args[at]
      return arg ? [[param, arg] as const] : []
    }),
  )
}
