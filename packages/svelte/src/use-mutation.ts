import type { MutationDefinition } from '@headway/core'
import { createMutation, type Mutation, type MutationView } from '@headway/core/adapter'
import { useClient } from './client-context.ts'
import { type Readable, toReadable } from './to-readable.ts'

/** A remote call as it goes, and how to make it. */
export interface UsedMutation<TArgs, TOutput>
  extends Readable<MutationView<TOutput>>,
    Pick<Mutation<TArgs, TOutput>, 'mutate'> {}

/**
 * Makes remote calls, and shows how the newest one goes.
 *
 * @example
 * ```svelte
 * const creation = useMutation(createUser)
 * <button disabled={creation.current.pending} onclick={() => creation.mutate({ name })}>Create</button>
 * ```
 */
export function useMutation<TArgs, TOutput>(
  mutation: MutationDefinition<TArgs, TOutput>,
): UsedMutation<TArgs, TOutput> {
  const call = createMutation<TArgs, TOutput>(useClient(), mutation)
  return Object.assign(toReadable(call), { mutate: call.mutate })
}
