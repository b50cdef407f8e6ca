import { findSame } from '../../names.ts'
import { type Place, type Problem, showPlace } from '../../problem.ts'
import { type Member, membersOf } from '../model/members.ts'
import { expand, type Model } from '../model/model.ts'
import { toTypeName } from '../model/naming.ts'
import { type Field, innerShapes, type Shape } from '../model/shapes.ts'
import { sent, shapesOf, type Usage } from '../model/usage.ts'
import { codecName, type EmittedFunction } from '../types/emitted-function.ts'
import { findUnreadable } from './unreadable.ts'

/**
 * Finds every name that collides or cannot be converted, and every field that its type cannot
 * express.
 */
export function findProblems(
  model: Model,
  functions: readonly EmittedFunction[],
  exportsOf: ExportsOf,
): Problem[] {
  const objects = [
    ...model.types.flatMap((type) => {
      const usage = model.usageOf(type.name)
      return shapesOf(type).flatMap((shape) =>
        objectsIn(shape).map((fields) => ({ fields, usage })),
      )
    }),
    ...functions.flatMap(({ args }) =>
      args ? objectsIn(args).map((fields) => ({ fields, usage: sent })) : [],
    ),
  ]
  return [
    ...findSameNames(exportedNames(model, functions, exportsOf)),
    ...findUnreadable(model),
    ...objects.flatMap(({ fields, usage }) => [
      ...memberLists(model, fields, usage).flatMap(findSameMembers),
      ...fields.flatMap((field) => findInherited(field, model)),
      ...fields.flatMap((field) => findOneWay(field, usage)),
    ]),
  ]
}

/** The lists of members that an object may have: one for each variant of a flattened enum. */
function memberLists(model: Model, fields: readonly Field[], usage: Usage): Member[][] {
  const { own, parts } = membersOf(model, fields, usage)
  const variants = parts.flatMap((part) => {
    const shown = expand(model, part.kind === 'option' ? part.of : part)
    const type = shown.kind === 'named' ? model.find(shown.name) : undefined
    return type?.form === 'enum' ? shapesOf(type) : []
  })
  const beside = variants.flatMap((shape) =>
    shape.kind === 'object' ? [membersOf(model, shape.fields, usage).own] : [],
  )
  return beside.length === 0 ? [own] : beside.map((members) => [...own, ...members])
}

/** Lists the names that a target exports for a function. */
type ExportsOf = (fn: EmittedFunction) => string[]

/** Something that has a name in TypeScript. */
interface Named {
  name: string
  /** Its name in Rust. */
  rust: string
  place: Place
}

function exportedNames(
  model: Model,
  functions: readonly EmittedFunction[],
  exportsOf: ExportsOf,
): Named[] {
  return [
    ...model.types.map(({ name, place }) => ({ name: toTypeName(name), rust: name, place })),
    ...functions.flatMap((fn) => {
      const { name: rust, place } = fn.schema
      const names = [...exportsOf(fn), fn.argsName ?? [], codecName(fn) ?? []].flat()
      return names.map((name) => ({ name, rust, place }))
    }),
  ]
}

function findSameNames(names: readonly Named[]): Problem[] {
  return findSame(names, ({ name }) => name).map(([first, second]) => ({
    place: second.place,
    message: `\`${second.rust}\` and \`${first.rust}\` are both \`${second.name}\` in TypeScript: the other is at ${showPlace(first.place)}`,
    hint: 'Rename one of them. An attribute such as `name = "…"` keeps what a function is called on the wire.',
  }))
}

function findSameMembers(members: readonly Member[]): Problem[] {
  const inTypeScript = findSame(members, ({ name }) => name)
  return inTypeScript.map(([first, second]) => ({
    place: second.place,
    message: `\`${second.wireName}\` and \`${first.wireName}\` are both \`${second.name}\` in one object: the other is at ${showPlace(first.place)}`,
    hint:
      first.wireName === second.wireName
        ? 'Rename one of them.'
        : 'Rename one of them, or generate with `--case wire`.',
  }))
}

/**
 * Finds names that JavaScript objects inherit: `__proto__` in a literal is not a member, and `in`
 * finds inherited names, so no variant can be told by one. Without conversion they do no harm.
 */
function findInherited({ wireName, isFixed, place }: Field, model: Model): Problem[] {
  const isTaken = wireName === '__proto__' || (isFixed && wireName in Object.prototype)
  if (model.case === 'wire' || !isTaken) return []
  const message = `\`${wireName}\` is what every object has in JavaScript, so that it cannot be converted`
  return [{ place, message, hint: 'Rename it, or generate with `--case wire`.' }]
}

/** Finds fields that one interface cannot express in a type that goes both ways. */
function findOneWay(field: Field, usage: Usage): Problem[] {
  if (!usage.in || !usage.out) return []
  const { wireName, only, optionalIn, optionalOut, place } = field
  const hint =
    'Write two structs, one for what is sent and one for what is received, or give the field a default'
  if (only === 'in' && !optionalIn) {
    const message = `\`${wireName}\` has to be sent and is never received, in a type that goes both ways`
    return [{ place, message, hint: `${hint}: \`#[serde(default)]\`.` }]
  }
  if (only === 'out' && !optionalOut) {
    const message = `\`${wireName}\` is received and never sent, in a type that goes both ways`
    return [
      {
        place,
        message,
        hint: 'Write two structs, one for what is sent and one for what is received.',
      },
    ]
  }
  if (only === null && optionalOut && !optionalIn) {
    const message = `\`${wireName}\` may be missing in what is received and has to be sent, in a type that goes both ways`
    return [{ place, message, hint: `${hint}: \`#[serde(default)]\`.` }]
  }
  return []
}

function objectsIn(shape: Shape): (readonly Field[])[] {
  const inner = innerShapes(shape).flatMap(objectsIn)
  return shape.kind === 'object' ? [shape.fields, ...inner] : inner
}
