import { type Codec, type Definition, withCodec, withFiles } from '@headway/core'

type AnyDefinition = Definition<'job' | 'workflow' | 'query' | 'mutation', never, unknown>

/**
 * The given definition, or a new one for a name, whose arguments may hold files; with the codec, if
 * there is one. It hides the type
 * of the arguments: the caller has checked them, and rest parameters cannot depend on an open type
 * parameter.
 */
export function toDefinition<TDefinition extends AnyDefinition>(
  define: (name: string) => TDefinition,
  given: string | AnyDefinition,
  codec: Codec<never, unknown> | undefined,
): TDefinition {
  const definition = typeof given === 'string' ? withFiles(define(given)) : given
  return (codec ? withCodec(definition, codec) : definition) as TDefinition
}
