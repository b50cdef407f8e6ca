import type { Place, Problem } from '../problem.ts'
import type { FunctionSchema } from '../schema.ts'
import type { Meta } from './meta.ts'

/**
 * The declarations of a file as they are written: plain data without syntax nodes, so that the
 * trees can be deleted. Names are not looked up yet, and serde's attributes are not interpreted.
 */
export interface RustFile {
  functions: RustFunction[]
  types: Declaration[]
  /** The lists of items: the file's own, and those of its inline modules. */
  scopes: Scope[]
  /** Its first syntax error. */
  problems: Problem[]
  /** Modules that are compiled for tests only: `#[cfg(test)] mod tests;`. */
  testModules: string[][]
  crate: string | null
  /** The module of the file. */
  module: string[]
}

/** The surroundings that decide what a name means. */
export interface Scope {
  /** The crate: the name of its folder; `null` where the path has none. */
  crate: string | null
  /** The module, from the crate's root: `['billing', 'plans']`. */
  module: string[]
  /** The paths behind the names that `use` brings in. */
  names: Map<string, string[]>
  /** Those of the names that `pub use` passes on to other modules. */
  exported: Set<string>
  /** The scope around an inline module with `use super::*`. */
  outer: Scope | null
}

/** A function that a client can call or start. */
export interface RustFunction {
  kind: FunctionSchema['kind']
  name: string
  docs: string[]
  /** `forge::job(name = "…")`. */
  attribute: Meta
  generics: Generic[]
  params: RustParam[]
  /** `null` without a return type, which means unit. */
  output: TypeExpression | null
  scope: Scope
  place: Place
}

export interface RustParam {
  /** Its name; `null` for `_` and for a pattern that destructures. */
  pattern: string | null
  type: TypeExpression
  /** True where its type begins with `&`. */
  isReference: boolean
  /** True where its type is in parentheses, which Forge's macros do not look into. */
  isBracketed: boolean
  place: Place
}

/** A struct, an enum or an alias. */
export type Declaration = {
  name: string
  docs: string[]
  attributes: Meta[]
  generics: Generic[]
  scope: Scope
  place: Place
} & (
  | { kind: 'struct'; body: Body }
  | { kind: 'enum'; variants: RustVariant[] }
  | { kind: 'alias'; type: TypeExpression }
)

/** The content of a struct or a variant. */
export type Body =
  | { form: 'unit' }
  | { form: 'tuple'; fields: RustField[] }
  | { form: 'named'; fields: RustField[] }

export interface RustField {
  /** Its position, in a tuple. */
  name: string
  docs: string[]
  attributes: Meta[]
  type: TypeExpression
  place: Place
}

export interface RustVariant {
  name: string
  docs: string[]
  attributes: Meta[]
  body: Body
  place: Place
}

/** A parameter of a type or a function. Lifetimes are left out everywhere. */
export interface Generic {
  kind: 'type' | 'const'
  name: string
  default: TypeExpression | null
}

/** A type as it is written. A reference counts as the type it refers to. */
export type TypeExpression = { place: Place } & (
  | { kind: 'path'; path: string[]; args: TypeExpression[] }
  | { kind: 'tuple'; of: TypeExpression[] }
  /** `length` is `null` for a slice, and for a length that is not a plain number. */
  | { kind: 'array'; of: TypeExpression; length: number | null }
  /** A number or a block, given for a constant parameter. */
  | { kind: 'const' }
  /** A type that no value on the wire has, in words: `a function pointer`. */
  | { kind: 'other'; what: string }
)
