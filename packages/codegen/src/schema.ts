import type { Place } from './problem.ts'

/**
 * The functions and types of the Rust sources, as they are on the wire. Emitters read nothing else.
 */
export interface Schema {
  /** Sorted by kind, then by name. */
  functions: FunctionSchema[]
  /** Sorted by name. Each name stands once, and every name that is referred to is there. */
  types: TypeSchema[]
}

/** A function that a client can call or start. */
export interface FunctionSchema {
  kind: 'query' | 'mutation' | 'job' | 'workflow'
  /** The name of the Rust function: `export_users`. */
  name: string
  /** The name on the server: the attribute's `name`, or the Rust function's. */
  wireName: string
  /** The lines of the doc comment; empty without one. */
  docs: string[]
  args: ArgsSchema
  output: TypeRef
  place: Place
}

/**
 * The arguments of a function in TypeScript, and their form on the wire. Forge's macros decide that
 * form.
 */
export type ArgsSchema =
  /** No arguments: `null` is sent. */
  | { form: 'none' }
  /** One parameter that is all the arguments: the name of its type ends in `Args` or `Input`. */
  | ({
      form: 'direct'
      type: TypeRef
      /** The member that holds it on the wire; `null` where it is sent as it is. */
      member: string | null
      place: Place
    } & Enveloped)
  /** An object with a member for each parameter. */
  | ({
      form: 'object'
      fields: FieldSchema[]
      /** The value of the only member is sent alone. */
      bare: boolean
      /** Missing members are sent as `null`, so that the object is never empty. */
      filled: boolean
    } & Enveloped)

/**
 * True where the arguments are sent inside `{ args: … }`. A server removes one such envelope, also
 * from arguments that only look like one; and some take an empty object for no arguments.
 */
export interface Enveloped {
  enveloped: boolean
}

/** A named member of an object on the wire. */
export interface FieldSchema {
  /** The name on the wire, after serde's renaming. */
  wireName: string
  docs: string[]
  type: TypeRef
  /** The client may leave it out: serde's `default`, or an `Option`. */
  optionalIn: boolean
  /** The server may leave it out: serde's `skip_serializing_if`. */
  optionalOut: boolean
  /** Its members stand among those of the object around it, and `wireName` is not used. */
  flatten: boolean
  /** `'in'`: only sent to the server (`skip_serializing`). `'out'`: only received. `null`: both. */
  only: 'in' | 'out' | null
  place: Place
}

/** A type with a name of its own in TypeScript. */
export type TypeSchema = {
  name: string
  docs: string[]
  /** Its type parameters: `['T']` of `Page<T>`, without lifetimes and constants. */
  params: string[]
  place: Place
} & TypeShape

export type TypeShape =
  | { form: 'object'; fields: FieldSchema[] }
  /**
   * A type alias, or a type that serde writes as the value inside: a newtype, `transparent`, a
   * tuple struct, a unit struct.
   */
  | { form: 'alias'; type: TypeRef }
  | { form: 'enum'; tagging: Tagging; variants: VariantSchema[] }

/** The way an enum's value names its variant. @see https://serde.rs/enum-representations.html */
export type Tagging =
  | { style: 'external' }
  | { style: 'internal'; tag: string }
  | { style: 'adjacent'; tag: string; content: string }
  | { style: 'untagged' }

export interface VariantSchema {
  /** The name on the wire, after serde's renaming. It is a value, so emitters do not change it. */
  wireName: string
  docs: string[]
  shape:
    | { form: 'unit' }
    /** One value; several values are one tuple. */
    | { form: 'value'; type: TypeRef }
    | { form: 'object'; fields: FieldSchema[] }
  place: Place
}

/** A type in a place where it is used. */
export type TypeRef =
  /** `unit` is `null` on the wire, and `void` as the output of a function. */
  | { kind: 'string' | 'boolean' | 'unknown' | 'unit' | 'upload' }
  /** `isWide`: 128 bits, which serde cannot read everywhere. */
  | { kind: 'number'; isWide?: true }
  | { kind: 'literal'; value: string }
  | { kind: 'option'; of: TypeRef }
  /** `Vec`, slices, sets, and arrays too long for a tuple. */
  | { kind: 'list'; of: TypeRef }
  | { kind: 'tuple'; of: TypeRef[] }
  /**
   * Keys are strings on the wire. In Rust, `key` is a string, a number, a boolean or a plain enum.
   */
  | { kind: 'map'; key: TypeRef; value: TypeRef }
  | { kind: 'named'; name: string; args: TypeRef[] }
  | { kind: 'param'; name: string }
  /** TypeScript from the config, for a Rust type of another crate. */
  | { kind: 'verbatim'; text: string }
