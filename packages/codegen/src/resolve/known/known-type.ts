import type { TypeRef } from '../../schema.ts'
import type { BuiltIn } from './built-in-types.ts'

/** A type of the standard library, of Forge, or of a crate that most people use. */
export type KnownType =
  /** Whatever its parameters are: `DateTime<Utc>`. */
  | { kind: 'plain'; ref: TypeRef }
  | { kind: 'built-in'; name: BuiltIn; params: number }
  /** Made of what its first parameters are; those behind them, a hasher or an allocator, say nothing. */
  | { kind: 'generic'; params: number; most: number; of: (args: TypeRef[]) => TypeRef }
