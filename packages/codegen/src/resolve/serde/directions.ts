import { derivesOf, lastOf } from '../../parse/attributes.ts'
import type { Meta } from '../../parse/meta.ts'
import type { Declaration } from '../../parse/rust.ts'

/** Which ways a type goes: `in` to the server, `out` of it. */
export interface Directions {
  in: boolean
  out: boolean
}

/** Which ways a type can go, by what derives its serde implementations. */
export function directionsOf(declaration: Declaration): Directions {
  const { kind, attributes } = declaration
  const derived = derivedIn(attributes.slice(0, modelAt(declaration)))
  const isModel = modelAt(declaration) < attributes.length
  // A model without any is written by an implementation of somebody's own.
  const isBoth = kind === 'alias' || attributes.some(isForgeEnum) || (isModel && isNone(derived))
  return isBoth ? { in: true, out: true } : derived
}

/** Whether anything says what a type is on the wire. */
export function isOnWire(declaration: Declaration): boolean {
  return !isNone(directionsOf(declaration)) && !isDropped(declaration)
}

/** Whether `#[forge::model]` takes the derives away: it does so with all that stand below it. */
export function isDropped(declaration: Declaration): boolean {
  const { attributes } = declaration
  const at = modelAt(declaration)
  return isNone(derivedIn(attributes.slice(0, at))) && !isNone(derivedIn(attributes.slice(at)))
}

function derivedIn(attributes: Meta[]): Directions {
  const derives = derivesOf(attributes)
  const has = (names: string[]) => names.some((name) => derives.has(name))
  return {
    in: has(['Deserialize', 'Deserialize_repr', 'DeserializeFromStr']),
    out: has(['Serialize', 'Serialize_repr', 'SerializeDisplay']),
  }
}

/** Where `#[forge::model]` stands among the attributes; behind all of them, when there is none. */
function modelAt({ attributes }: Declaration): number {
  const at = attributes.findIndex(isModel)
  return at < 0 ? attributes.length : at
}

function isNone(directions: Directions): boolean {
  return !directions.in && !directions.out
}

/** What is always generated, also when no function refers to it. */
export function isForgeType(declaration: Declaration): boolean {
  return declaration.attributes.some(declaration.kind === 'enum' ? isForgeEnum : isModel)
}

/** `#[forge::model]` */
function isModel({ path }: Meta): boolean {
  return path === 'model' || path === 'forge::model'
}

/** `#[forge_enum]` and its other names. */
export function isForgeEnum({ path }: Meta): boolean {
  const name = lastOf(path)
  return (
    (name === 'forge_enum' || name === 'enum_type') && (path === name || path === `forge::${name}`)
  )
}
