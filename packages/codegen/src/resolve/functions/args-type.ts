import type { TypeExpression } from '../../parse/rust.ts'
import type { Where } from '../names/context.ts'

/**
 * True for a declared type named `…Args` or `…Input`, also inside an `Option` or a `Vec`: it is all
 * the arguments.
 */
export function isArgsType(type: TypeExpression, where: Where): boolean {
  if (type.kind !== 'path') return false
  const name = type.path.at(-1) ?? ''
  const [inner] = type.args
  if (inner && (name === 'Option' || name === 'Vec')) return isArgsType(inner, where)
  const { context, scope } = where
  if (!name.endsWith('Args') && !name.endsWith('Input')) return false
  return context.types.has(name) || context.declarations.find(type.path, scope).kind === 'declared'
}
