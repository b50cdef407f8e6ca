import {
  type Codec,
  defineMutation,
  type MutationDefinition,
  type QueryDefinition,
} from '@headway/core'
import { useClient } from './client-context.ts'
import { toDefinition } from './to-definition.ts'

/**
 * Calls a query or a mutation. Rejects with `RpcError`. Outside of a component's initialisation, as
 * in an event handler, it uses the client from `setClient()`.
 */
export function call<TArgs, TOutput>(
  definition: string | MutationDefinition<TArgs, TOutput> | QueryDefinition<TArgs, TOutput>,
  args: TArgs,
  codec?: Codec<TArgs, TOutput>,
): Promise<TOutput> {
  return useClient().call(toDefinition(defineMutation<unknown, TOutput>, definition, codec), args)
}
