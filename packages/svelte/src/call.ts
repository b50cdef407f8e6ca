import { type Codec, defineMutation, type MutationDefinition } from '@headway/core'
import { useClient } from './client-context.ts'
import { toCoded } from './coded.ts'

/**
 * Calls a query or a mutation, once and now. Rejects with `RpcError`. Outside a component's initialisation,
 * as in an event handler, it needs the client that `setClient()` gave the page.
 */
export function call<TArgs, TOutput>(
  name: string,
  args: TArgs,
  codec?: Codec<TArgs, TOutput>,
): Promise<TOutput> {
  const mutation = toCoded<MutationDefinition<unknown, TOutput>>(defineMutation(name), codec)
  return useClient().call(mutation, args)
}
