import { derivesOf, lastOf } from '../../parse/attributes.ts'
import type { Meta } from '../../parse/meta.ts'
import type { Declaration } from '../../parse/rust.ts'

/** The ways a type goes: `in` to the server, `out` of it. */
export interface Directions {
  in: boolean
  out: boolean
}

/** The ways a type can go, by its derives. */
export function directionsOf(declaration: Declaration): Directions {
  const { kind, attributes } = declaration
  const derived = derivedIn(attributes.slice(0, modelAt(declaration)))
  const isModel = modelAt(declaration) < attributes.length
  // A model without derives implements serde's traits by hand.
  const isBoth = kind === 'alias' || attributes.some(isForgeEnum) || (isModel && isNone(derived))
  return isBoth ? { in: true, out: true } : derived
}

/** True where the sources say how a type is written. */
export function isOnWire(declaration: Declaration): boolean {
  return !isNone(directionsOf(declaration)) && !isDropped(declaration)
}

/** True where `#[forge::model]` drops the derives: it drops all that stand below it. */
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

/** The index of `#[forge::model]` among the attributes; their number where it is missing. */
function modelAt({ attributes }: Declaration): number {
  const at = attributes.findIndex(isModel)
  return at < 0 ? attributes.length : at
}

function isNone(directions: Directions): boolean {
  return !directions.in && !directions.out
}

/** True for types that are always generated, even if no function refers to them. */
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
