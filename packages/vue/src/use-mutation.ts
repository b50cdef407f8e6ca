import type { MutationDefinition } from '@headway/core'
import { createMutation, type Mutation, type MutationView } from '@headway/core/adapter'
import { useClient } from './client-plugin.ts'
import { type Refs, toFieldRefs } from './to-refs.ts'
import { useStore } from './use-store.ts'

/** The state of the newest call, with one ref per field, and `mutate` to call. */
export type UsedMutation<TArgs, TOutput> = Refs<MutationView<TOutput>> &
  Pick<Mutation<TArgs, TOutput>, 'mutate'>

/**
 * Calls a mutation and shows the state of the newest call.
 *
 * @example
 * ```ts
 * const { mutate, pending, error } = useMutation(createUser)
 * ```
 */
export function useMutation<TArgs, TOutput>(
  mutation: MutationDefinition<TArgs, TOutput>,
): UsedMutation<TArgs, TOutput> {
  const call = createMutation<TArgs, TOutput>(useClient(), mutation)
  return { ...toFieldRefs(useStore(call)), mutate: call.mutate }
}
