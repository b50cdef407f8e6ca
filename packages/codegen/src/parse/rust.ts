import type { Place, Problem } from '../problem.ts'
import type { FunctionSchema } from '../schema.ts'
import type { Meta } from './meta.ts'

/**
 * What a file declares, as it is written: plain data, so that syntax trees can go. Names have not been
 * looked up yet, and nobody has asked what serde makes of the attributes.
 */
export interface RustFile {
  functions: RustFunction[]
  types: Declaration[]
  /** Its lists of items: the file, and its inline modules. */
  scopes: Scope[]
  /** What does not read as Rust, and what is wrong with it. */
  problems: Problem[]
  /** `#[cfg(test)] mod tests;`: files that are compiled for tests only. */
  testModules: string[][]
  crate: string | null
  /** The module that the file is. */
  module: string[]
}

/** Where a name is used, which decides what it stands for. */
export interface Scope {
  /** The crate, by its folder's name; `null` when paths do not say. */
  crate: string | null
  /** The module, from the crate's root: `['billing', 'plans']`. */
  module: string[]
  /** What `use` brings in, by the name that it has here. */
  names: Map<string, string[]>
  /** Of these, what `pub use` hands on to other modules. */
  exported: Set<string>
  /** What is around an inline module that says `use super::*`. */
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
  /** `null` when nothing is said: unit. */
  output: TypeExpression | null
  scope: Scope
  place: Place
}

export interface RustParam {
  /** Its name; `null` when it has none: `_`, or a pattern that takes the value apart. */
  pattern: string | null
  type: TypeExpression
  /** Whether its type begins with `&`. */
  isReference: boolean
  /** Whether its type is in brackets, which Forge's macros do not look into. */
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

/** What is in a struct or in a variant. */
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

/** A parameter of a type. Lifetimes are left out everywhere. */
export interface Generic {
  kind: 'type' | 'const'
  name: string
  default: TypeExpression | null
}

/** A type as it is written. A reference is what it refers to. */
export type TypeExpression = { place: Place } & (
  | { kind: 'path'; path: string[]; args: TypeExpression[] }
  | { kind: 'tuple'; of: TypeExpression[] }
  /** `length` is `null` for a slice, and for a length that is not written as a number. */
  | { kind: 'array'; of: TypeExpression; length: number | null }
  /** A number or a block, where a type has a constant as its parameter. */
  | { kind: 'const' }
  /** What no value on a wire can have, in words: `a function pointer`. */
  | { kind: 'other'; what: string }
)
