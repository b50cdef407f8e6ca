import type { Place } from '../../problem.ts'
import type { TypeRef } from '../../schema.ts'
import { bindParams, expand, type Model, memberName } from './model.ts'
import { type Field, type Shape, substitute } from './shapes.ts'
import type { Usage } from './usage.ts'

/** The members of an object, with those of flattened structs among them. */
export interface Members {
  own: Member[]
  /** The type of all other members, where a map is flattened. */
  rest: TypeRef | null
  /**
   * Flattened types whose members cannot be listed, such as enums and type parameters. An `Option`
   * stays one: its members may be missing.
   */
  parts: TypeRef[]
}

/** A member of an object, with its name on the wire and its name in TypeScript. */
export interface Member {
  wireName: string
  name: string
  docs: readonly string[]
  shape: Shape
  isOptional: boolean
  place: Place
}

/** The object that a field comes from: the one asked about, or one flattened into it. */
interface Origin {
  usage: Usage
  /** True inside a flattened `Option`: every member may be missing. */
  isOptional: boolean
  /** The names of the types that lead here, so that a recursive type ends. */
  inside: readonly string[]
}

/**
 * Lists the members of an object that is sent, received, or both. A field that goes one way is left
 * out of the other, and is optional in a type that goes both ways.
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
  const add = (field: Field, origin: Origin): void => {
    const { wireName, docs, type, place } = field
    if (field.only === 'out' && !origin.usage.out) return
    if (field.only === 'in' && !origin.usage.in) return
    if (field.flatten && type.kind !== 'object') {
      const named = field.isNamed ? usageBeside(model, type) : null
      if (named && keepNamed) members.parts.push(type)
      else flatten(type, named ? { ...origin, usage: named } : origin)
      return
    }
    const isOptional = origin.isOptional || mayBeMissing(field, origin.usage)
    const name = memberName(model, field)
    members.own.push({ wireName, name, docs, shape: type, isOptional, place })
  }
  const flatten = (type: TypeRef, origin: Origin): void => {
    const shown = expand(model, type)
    if (shown.kind === 'option') return flatten(shown.of, { ...origin, isOptional: true })
    // [serde] a flattened unit adds no members.
    if (shown.kind === 'unit') return
    if (shown.kind === 'map') members.rest = shown.value
    else if (shown.kind === 'unknown') members.rest = shown
    else {
      const found = shown.kind === 'named' ? model.find(shown.name) : undefined
      if (
        shown.kind !== 'named' ||
        found?.form !== 'object' ||
        origin.inside.includes(shown.name)
      ) {
        members.parts.push(origin.isOptional ? { kind: 'option', of: shown } : shown)
        return
      }
      const values = bindParams(found, shown.args)
      for (const field of found.fields) {
        const inside = [...origin.inside, shown.name]
        add({ ...field, type: substitute(field.type, values) }, { ...origin, inside })
      }
    }
  }
  for (const field of fields) add(field, { usage, isOptional: false, inside: [] })
  return members
}

/**
 * The usage of a type that can stand by its name beside the members of another object. `null` for
 * an empty type and for a map: their TypeScript types would forbid those members.
 */
function usageBeside(model: Model, type: TypeRef): Usage | null {
  const shown = expand(model, type)
  const found = shown.kind === 'named' ? model.find(shown.name) : undefined
  if (found?.form !== 'object') return null
  const usage = model.usageOf(found.name)
  const { own, rest } = membersOf(model, found.fields, usage)
  return own.length > 0 && !rest ? usage : null
}

function mayBeMissing(field: Field, usage: Usage): boolean {
  if (usage.in && usage.out) return field.optionalOut || field.only !== null
  return usage.in ? field.optionalIn : field.optionalOut
}
