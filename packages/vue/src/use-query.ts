import type { QueryDefinition, QueryView } from '@headway/core'
import {
  type ArgsRest,
  queryKey,
  type ShownQuery,
  watchQuery,
  whenReady,
} from '@headway/core/adapter'
import { type ComputedRef, computed, type MaybeRefOrGetter, toValue } from 'vue'
import { useClient } from './client-plugin.ts'
import { type Refs, toFieldRefs } from './to-refs.ts'
import { useSelected } from './use-selected.ts'
import { useStore } from './use-store.ts'

/** How to show a live query. */
export interface UseQueryOptions {
  /** `false` asks nothing yet; what is shown is loading. A ref, a getter or a value. Default: `true`. */
  enabled?: MaybeRefOrGetter<boolean | undefined>
}

/** A live query as it is now, a ref for each field. */
export type UsedQuery<TData> = Refs<QueryView<TData>> & {
  /** Asks for the result again, now. */
  refetch(): void
  /** Resolves once there is a result, or a refusal: `await ready()` in a `setup` below `<Suspense>`. */
  ready(): Promise<void>
}

/**
 * Shows a query's result, kept live while the component is mounted. Equal arguments are the same query.
 *
 * @example
 * ```ts
 * const { data, loading, error } = useQuery(listUsers, () => ({ team: props.team }))
 * ```
 */
export function useQuery<TArgs, TData>(
  query: QueryDefinition<TArgs, TData>,
  ...rest: [...ArgsRest<TArgs, MaybeRefOrGetter<TArgs>>, options?: UseQueryOptions]
): UsedQuery<TData>
/** A ref of what `select` picks of a query. */
export function useQuery<TArgs, TData, S>(
  query: QueryDefinition<TArgs, TData>,
  args: MaybeRefOrGetter<TArgs>,
  options: UseQueryOptions & { select: (query: QueryView<TData>) => S },
): ComputedRef<S>
export function useQuery(
  query: QueryDefinition<never, unknown>,
  args?: MaybeRefOrGetter<unknown>,
  options: UseQueryOptions & { select?: (query: QueryView<unknown>) => unknown } = {},
): unknown {
  const client = useClient()
  let last: { key: string; handle: ShownQuery } | undefined
  const handle = computed(() => {
    const value = toValue(args)
    const enabled = toValue(options.enabled)
    const key = `${enabled} ${queryKey(query, value)}`
    if (last?.key !== key) last = { key, handle: watchQuery(client, query, value, enabled) }
    return last.handle
  })
  const view = useStore(handle)
  if (options.select) return useSelected(view, options.select)
  return {
    ...toFieldRefs(view),
    refetch: () => handle.value.refetch(),
    ready: () => whenReady(handle.value),
  }
}
