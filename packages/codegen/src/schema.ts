import type { Place } from './problem.ts'

/** What Rust sources say of the wire: everything an emitter reads. */
export interface Schema {
  /** By kind, then by name. */
  functions: FunctionSchema[]
  /** By name; each name once, and every name that is referred to. */
  types: TypeSchema[]
}

/** Something a client can call or start. */
export interface FunctionSchema {
  kind: 'query' | 'mutation' | 'job' | 'workflow'
  /** The Rust function's: `export_users`. */
  name: string
  /** What the server knows it by: the attribute's `name`, or the Rust function's. */
  wireName: string
  /** Its doc comment, a line each; empty when there is none. */
  docs: string[]
  args: ArgsSchema
  output: TypeRef
  place: Place
}

/** What a function takes in TypeScript, and how that is sent, which Forge's macros decide. */
export type ArgsSchema =
  /** Nothing: `null` is sent. */
  | { form: 'none' }
  /** One parameter that is the arguments: its type's name ends in `Args` or `Input`. */
  | ({
      form: 'direct'
      type: TypeRef
      /** The member of an object that it is sent as; `null` when it is sent as it is. */
      member: string | null
      place: Place
    } & Enveloped)
  /** An object with a member for each parameter. */
  | ({
      form: 'object'
      fields: FieldSchema[]
      /** Of its only member, the value alone is sent. */
      bare: boolean
      /** What may be left out is sent as `null`, so that the object is never empty. */
      filled: boolean
    } & Enveloped)

/**
 * Whether what is sent stands in `{ args: … }`. A server takes that off, once, and it would take off as much of
 * arguments that look like it; and some take an empty object for none.
 */
export interface Enveloped {
  enveloped: boolean
}

/** A named member of an object on the wire. */
export interface FieldSchema {
  /** Its name on the wire, after serde's renaming. */
  wireName: string
  docs: string[]
  type: TypeRef
  /** May be left out of what is sent to the server: serde's `default`, or an `Option`. */
  optionalIn: boolean
  /** May be missing in what the server sends: serde's `skip_serializing_if`. */
  optionalOut: boolean
  /** Its members stand among those of the object around it. `wireName` says nothing then. */
  flatten: boolean
  /** `'in'`: it is sent to the server and never comes back (`skip_serializing`); `'out'`: the other way round. */
  only: 'in' | 'out' | null
  place: Place
}

/** A type that has a name of its own in TypeScript. */
export type TypeSchema = {
  name: string
  docs: string[]
  /** Its type parameters: `['T']` of `Page<T>`. Lifetimes and constants are none. */
  params: string[]
  place: Place
} & TypeShape

export type TypeShape =
  | { form: 'object'; fields: FieldSchema[] }
  /** A type alias, and what serde writes as what is in it: a newtype, `transparent`, a tuple or unit struct. */
  | { form: 'alias'; type: TypeRef }
  | { form: 'enum'; tagging: Tagging; variants: VariantSchema[] }

/** How an enum's value says which variant it is. @see https://serde.rs/enum-representations.html */
export type Tagging =
  | { style: 'external' }
  | { style: 'internal'; tag: string }
  | { style: 'adjacent'; tag: string; content: string }
  | { style: 'untagged' }

export interface VariantSchema {
  /** Its name on the wire, after serde's renaming: a value, so emitters leave it as it is. */
  wireName: string
  docs: string[]
  shape:
    | { form: 'unit' }
    /** One value; several are one tuple. */
    | { form: 'value'; type: TypeRef }
    | { form: 'object'; fields: FieldSchema[] }
  place: Place
}

/** A type where it is used. */
export type TypeRef =
  /** `unit` is `null` on the wire, and `void` where it is all that a function gives. */
  | { kind: 'string' | 'boolean' | 'unknown' | 'unit' | 'upload' }
  /** `isWide`: of 128 bits, which serde does not read everywhere. */
  | { kind: 'number'; isWide?: true }
  | { kind: 'literal'; value: string }
  | { kind: 'option'; of: TypeRef }
  /** `Vec`, slices, sets, and arrays that are too long to be written as a tuple. */
  | { kind: 'list'; of: TypeRef }
  | { kind: 'tuple'; of: TypeRef[] }
  /** Its keys are text on the wire, whatever they are in Rust: `key` is a string, a number, a boolean or a plain enum. */
  | { kind: 'map'; key: TypeRef; value: TypeRef }
  | { kind: 'named'; name: string; args: TypeRef[] }
  | { kind: 'param'; name: string }
  /** What the config says a Rust type of another crate is, in TypeScript. */
  | { kind: 'verbatim'; text: string }
