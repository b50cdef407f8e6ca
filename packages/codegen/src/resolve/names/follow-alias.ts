import type { Declaration, TypeExpression } from '../../parse/rust.ts'
import { isTransparent } from '../known/known-types.ts'
import { type Context, type Where, withArgs, within } from './context.ts'

type Alias = Extract<Declaration, { kind: 'alias' }>
type Path = Extract<TypeExpression, { kind: 'path' }>

/** Stops an alias that leads back to itself; real chains are shorter. */
const longestChain = 20

/**
 * True for an alias that gets no name in TypeScript: one of a `Result`, whose error no client sees,
 * and one with the same name as its type.
 */
export function isInlined(alias: Alias, context: Context): boolean {
  const inside = within(alias, context)
  const { type, name } = alias
  return isResult(type, inside) || (type.kind === 'path' && type.path.at(-1) === name)
}

/** True for a `Result`, also behind an alias. */
export function isResult(type: TypeExpression, where: Where): boolean {
  return followAliases(type, where)?.type.path.at(-1) === 'Result'
}

/**
 * The `T` of a `Result<T, E>`, also behind an alias, with the surroundings of `T`. Other types
 * stay.
 */
export function withoutResult(
  type: TypeExpression,
  where: Where,
): { type: TypeExpression; where: Where } {
  if (!isResult(type, where)) return { type, where }
  const path = followAliases(type, where)
  const [value] = path?.type.args ?? []
  return path && value ? { type: value, where: path.where } : { type, where }
}

/** True for an `Option`, also behind an alias or a pointer. */
export function isOptional(type: TypeExpression, where: Where): boolean {
  const path = followAliases(type, where)
  const name = path?.type.path.at(-1) ?? ''
  const [inner] = path?.type.args ?? []
  if (path && inner && isTransparent(name)) return isOptional(inner, path.where)
  return name === 'Option'
}

/** Follows aliases to a path that is none; `null` for a type without a name. */
export function followAliases(
  type: TypeExpression,
  where: Where,
  steps: number = longestChain,
): { type: Path; where: Where } | null {
  if (type.kind !== 'path' || steps === 0) return null
  const bound = type.path.length === 1 ? where.params.get(type.path[0] ?? '') : undefined
  if (bound && bound !== 'itself') return followAliases(bound.type, bound.where, steps - 1)
  const found = bound ? null : where.context.declarations.find(type.path, where.scope)
  if (found?.kind !== 'declared' || found.declaration.kind !== 'alias') return { type, where }
  const { declaration } = found
  return followAliases(declaration.type, withArgs(type.args, declaration, where), steps - 1)
}
