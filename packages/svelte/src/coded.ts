import { type Codec, type Definition, withCodec } from '@headway/core'

/**
 * A definition with its codec, if there is one. It hides the type of the arguments, since the caller has checked them
 * and rest parameters cannot depend on an open type parameter.
 */
export function toCoded<TCoded>(
  definition: Definition<'job' | 'workflow' | 'query' | 'mutation', never, unknown>,
  codec: Codec<never, unknown> | undefined,
): TCoded {
  return (codec ? withCodec(definition, codec) : definition) as TCoded
}
