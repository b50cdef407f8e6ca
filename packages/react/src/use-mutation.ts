import type { MutationDefinition } from '@headway/core'
import { createMutation, type Mutation, type MutationView } from '@headway/core/adapter'
import { useMemo } from 'react'
import { useClient } from './client-provider.tsx'
import { useStore } from './use-store.ts'

/** The state of the newest call, and `mutate` to call. */
export interface UsedMutation<TArgs, TOutput>
  extends MutationView<TOutput>,
    Pick<Mutation<TArgs, TOutput>, 'mutate'> {}

/**
 * Calls a mutation and shows the state of the newest call.
 *
 * @example
 * ```tsx
 * const { mutate, pending, error } = useMutation(createUser)
 * const create = () => mutate({ name })
 * return <button disabled={pending} onClick={create}>{error?.message ?? 'Create'}</button>
 * ```
 */
export function useMutation<TArgs, TOutput>(
  mutation: MutationDefinition<TArgs, TOutput>,
): UsedMutation<TArgs, TOutput> {
  const client = useClient()
  // By name, because a definition inside the component is a new object with each render.
  const { name } = mutation
  // biome-ignore lint/correctness/useExhaustiveDependencies: the name stands for the definition
  const call = useMemo(() => createMutation<TArgs, TOutput>(client, mutation), [client, name])
  return { ...useStore(call), mutate: call.mutate }
}
