import type { Place } from '../../problem.ts'
import type { TypeRef } from '../../schema.ts'
import { bindParams, expand, type Model, memberName } from './model.ts'
import { type Field, type Shape, substitute } from './shapes.ts'
import type { Usage } from './usage.ts'

/** What an object has for members, those of what is flattened among them. */
export interface Members {
  own: Member[]
  /** What its other members are, when a map is flattened. */
  rest: TypeRef | null
  /** What is flattened and has no members that could be listed: enums, parameters; an option may be missing. */
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

/** Where a field was found: in an object that goes some way, or in one that is flattened into it. */
interface Origin {
  usage: Usage
  /** What is flattened may be missing, all of it. */
  isOptional: boolean
  /** The names of the types around it. */
  inside: readonly string[]
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
    // [serde] a unit has no members to add.
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
 * The way that a type goes which can stand by its name beside the members of another object; `null` when it
 * cannot, since it would deny those: an empty one, and a map.
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
