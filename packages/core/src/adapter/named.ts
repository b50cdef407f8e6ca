import type { DefinitionKind } from '../definitions.ts'
import type { Coded } from '../tracking/codec.ts'

/** A definition, or with `createHooks<Api>()` and its likes a name. */
export type Named = Coded

/** The definition that was given; of a name one without a codec. */
export function toDefinition<K extends DefinitionKind>(
  kind: K,
  what: Named,
): Exclude<Named, string> & { kind: K } {
  return { ...(typeof what === 'string' ? { name: what } : what), kind }
}
