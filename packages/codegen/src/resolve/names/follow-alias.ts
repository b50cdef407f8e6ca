import type { Declaration, TypeExpression } from '../../parse/rust.ts'
import { isTransparent } from '../known/known-types.ts'
import { type Context, type Where, withArgs, within } from './context.ts'

type Alias = Extract<Declaration, { kind: 'alias' }>
type Path = Extract<TypeExpression, { kind: 'path' }>

/** Aliases of aliases: no more than anybody writes, so that one of itself comes to an end. */
const longestChain = 20

/**
 * Whether an alias is written as what it stands for: one of a `Result`, whose error no client sees, one
 * that has the name of what it stands for, and one that leads back to itself.
 */
export function isInlined(alias: Alias, context: Context): boolean {
  const inside = within(alias, context)
  const { type, name } = alias
  return isResult(type, inside) || (type.kind === 'path' && type.path.at(-1) === name)
}

/** Whether a type is a `Result`, by whatever name. */
export function isResult(type: TypeExpression, where: Where): boolean {
  return followAliases(type, where)?.type.path.at(-1) === 'Result'
}

/** `T` of a `Result<T, E>`, by whatever name; any other type as it is. `where` its names are to be looked up. */
export function withoutResult(
  type: TypeExpression,
  where: Where,
): { type: TypeExpression; where: Where } {
  if (!isResult(type, where)) return { type, where }
  const path = followAliases(type, where)
  const [value] = path?.type.args ?? []
  return path && value ? { type: value, where: path.where } : { type, where }
}

/** Whether a value may be missing: an `Option`, by whatever name and behind whatever pointer. */
export function isOptional(type: TypeExpression, where: Where): boolean {
  const path = followAliases(type, where)
  const name = path?.type.path.at(-1) ?? ''
  const [inner] = path?.type.args ?? []
  if (path && inner && isTransparent(name)) return isOptional(inner, path.where)
  return name === 'Option'
}

/** What a type is called once its aliases are followed; `null` when it has no name. */
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
