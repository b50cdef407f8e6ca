import { derivesOf, lastOf } from '../parse/attributes.ts'
import type { Meta } from '../parse/meta.ts'
import type { Declaration } from '../parse/rust.ts'

/** Which ways a type goes: `in` to the server, `out` of it. */
export interface Directions {
  in: boolean
  out: boolean
}

/** Which ways a type can go, by what derives its serde implementations. */
export function directionsOf({ kind, attributes }: Declaration): Directions {
  const derives = derivesOf(attributes)
  const both = kind === 'alias' || attributes.some(isModel) || attributes.some(isForgeEnum)
  const has = (names: string[]) => both || names.some((name) => derives.has(name))
  return {
    in: has(['Deserialize', 'Deserialize_repr', 'DeserializeFromStr']),
    out: has(['Serialize', 'Serialize_repr', 'SerializeDisplay']),
  }
}

/** Whether anything says what a type is on the wire. */
export function isOnWire(declaration: Declaration): boolean {
  const directions = directionsOf(declaration)
  return directions.in || directions.out
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
