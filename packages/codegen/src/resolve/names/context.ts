import type { Declaration, Scope, TypeExpression } from '../../parse/rust.ts'
import type { Place, Report } from '../../problem.ts'
import type { TypeRef } from '../../schema.ts'
import type { BuiltIn } from '../known/built-in-types.ts'
import type { Declarations } from './declarations.ts'

/** What is shared while names become types: what there is, and what has been found. */
export interface Context {
  declarations: Declarations
  /** What the config says that a type, or a field (`User.site`), is in TypeScript. */
  types: ReadonlyMap<string, string>
  report: Report
  /** Has a declared type generated. */
  reach(declaration: Declaration): void
  /** Has a type generated that is declared nowhere in the sources; `place` is where it is used. */
  reachBuiltIn(name: BuiltIn, place: Place): void
}

/** Where a type is used. */
export interface Where {
  context: Context
  scope: Scope
  /** What each type parameter stands for here: a type that was given for it, or itself. */
  params: Map<string, { type: TypeExpression; where: Where } | 'itself'>
  /** What `Self` is. */
  self: Declaration | null
  /** How many aliases have been followed to come here. */
  depth: number
}

/** Inside of a declaration: its parameters stand for themselves. */
export function within(declaration: Declaration, context: Context): Where {
  const { generics, scope } = declaration
  const where: Where = { context, scope, params: new Map(), self: declaration, depth: 0 }
  for (const { kind, name } of generics) if (kind === 'type') where.params.set(name, 'itself')
  return where
}

/** Inside of a declaration: its parameters stand for what they are given `where` it is used. */
export function withArgs(args: TypeExpression[], declaration: Declaration, where: Where): Where {
  const inside = { ...within(declaration, where.context), depth: where.depth + 1 }
  declaration.generics.forEach(({ kind, name, default: preset }, position) => {
    const arg = args[position]
    if (kind === 'const') return
    if (arg) inside.params.set(name, { type: arg, where })
    else if (preset) inside.params.set(name, { type: preset, where: inside })
  })
  return inside
}

/** What is said of a type that has no place in TypeScript; a problem has been reported then. */
export const unresolved: TypeRef = { kind: 'unknown' }
