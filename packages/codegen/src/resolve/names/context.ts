import type { Declaration, Scope, TypeExpression } from '../../parse/rust.ts'
import type { Place, Report } from '../../problem.ts'
import type { TypeRef } from '../../schema.ts'
import type { BuiltIn } from '../known/built-in-types.ts'
import type { Declarations } from './declarations.ts'

/** Shared by all steps that resolve names: the declarations, and the types found so far. */
export interface Context {
  declarations: Declarations
  /** TypeScript by the name of a Rust type or of a field (`User.site`), from the config. */
  types: ReadonlyMap<string, string>
  report: Report
  /** Adds a declared type to the output. */
  reach(declaration: Declaration): void
  /** Adds a built-in type to the output; `place` is its use. */
  reachBuiltIn(name: BuiltIn, place: Place): void
}

/** The surroundings of a type in the sources. */
export interface Where {
  context: Context
  scope: Scope
  /** The type that each parameter stands for here, or the parameter itself. */
  params: Map<string, { type: TypeExpression; where: Where } | 'itself'>
  /** The type that `Self` stands for. */
  self: Declaration | null
  /** The number of aliases that led here. */
  depth: number
}

/** The inside of a declaration, where its parameters stand for themselves. */
export function within(declaration: Declaration, context: Context): Where {
  const { generics, scope } = declaration
  const where: Where = { context, scope, params: new Map(), self: declaration, depth: 0 }
  for (const { kind, name } of generics) if (kind === 'type') where.params.set(name, 'itself')
  return where
}

/** The inside of a declaration, where its parameters stand for the arguments given at `where`. */
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

/** Takes the place of a type that has no TypeScript form; the problem has been reported. */
export const unresolved: TypeRef = { kind: 'unknown' }
