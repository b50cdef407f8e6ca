import type { MutationDefinition } from '@headway/core'
import { createMutation, type Mutation, type MutationView } from '@headway/core/adapter'
import { useMemo } from 'react'
import { useClient } from './client-provider.tsx'
import { useStore } from './use-store.ts'

/** A remote call as it goes, and how to make it. */
export interface UsedMutation<TArgs, TOutput>
  extends MutationView<TOutput>,
    Pick<Mutation<TArgs, TOutput>, 'mutate'> {}

/**
 * Makes remote calls, and shows how the newest one goes.
 *
 * @example
 * ```tsx
 * const { mutate, pending, error } = useMutation(createUser)
 * return <button disabled={pending} onClick={() => mutate({ name })}>{error?.message ?? 'Create'}</button>
 * ```
 */
export function useMutation<TArgs, TOutput>(
  mutation: MutationDefinition<TArgs, TOutput>,
): UsedMutation<TArgs, TOutput> {
  const client = useClient()
  // By name: a definition written inside the component is another object in each render.
  const { name } = mutation
  // biome-ignore lint/correctness/useExhaustiveDependencies: definitions of one name are the same
  const call = useMemo(() => createMutation<TArgs, TOutput>(client, mutation), [client, name])
  return { ...useStore(call), mutate: call.mutate }
}
