import type { MutationDefinition } from '@headway/core'
import { createMutation, type Mutation, type MutationView } from '@headway/core/adapter'
import { useClient } from './client-context.ts'
import { type Readable, toReadable } from './to-readable.ts'

/** The state of the newest call, and `mutate` to call. */
export interface UsedMutation<TArgs, TOutput>
  extends Readable<MutationView<TOutput>>,
    Pick<Mutation<TArgs, TOutput>, 'mutate'> {}

/**
 * Calls a mutation and shows the state of the newest call.
 *
 * @example
 * ```svelte
 * const creation = useMutation(createUser)
 * const create = () => creation.mutate({ name })
 * <button disabled={creation.current.pending} onclick={create}>Create</button>
 * ```
 */
export function useMutation<TArgs, TOutput>(
  mutation: MutationDefinition<TArgs, TOutput>,
): UsedMutation<TArgs, TOutput> {
  const call = createMutation<TArgs, TOutput>(useClient(), mutation)
  return Object.assign(toReadable(call), { mutate: call.mutate })
}
