import type { TypeRef } from '../../schema.ts'
import type { BuiltIn } from './built-in-types.ts'

/** A type of the standard library, of Forge, or of a widely used crate. */
export type KnownType =
  /** The same whatever its arguments are: `DateTime<Utc>`. */
  | { kind: 'plain'; ref: TypeRef }
  | { kind: 'built-in'; name: BuiltIn; params: number }
  /**
   * Built from its first `params` arguments. Further ones, up to `most`, change nothing: a hasher,
   * an allocator.
   */
  | { kind: 'generic'; params: number; most: number; of: (args: TypeRef[]) => TypeRef }
