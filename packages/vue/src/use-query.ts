import { createStore, idleQuery, type QueryDefinition, type QueryView } from '@headway/core'
import { type ComputedRef, computed, type MaybeRefOrGetter, toValue } from 'vue'
import { useClient } from './client-plugin.ts'
import { type Refs, toFieldRefs } from './to-refs.ts'
import { useSelected } from './use-selected.ts'
import { useStore } from './use-store.ts'
import { whenReady } from './when-ready.ts'

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
  args: MaybeRefOrGetter<TArgs>,
  options?: UseQueryOptions,
): UsedQuery<TData>
/** A ref of what `select` picks of a query. */
export function useQuery<TArgs, TData, S>(
  query: QueryDefinition<TArgs, TData>,
  args: MaybeRefOrGetter<TArgs>,
  options: UseQueryOptions & { select: (query: QueryView<TData>) => S },
): ComputedRef<S>
export function useQuery(
  query: string | { name: string },
  args: MaybeRefOrGetter<unknown>,
  options: UseQueryOptions & { select?: (query: QueryView<unknown>) => unknown } = {},
): unknown {
  const client = useClient()
  const name = typeof query === 'string' ? query : query.name
  const isEnabled = computed(() => toValue(options.enabled) ?? true)
  // As text: equal arguments are the same query, however often they are written anew.
  const asked = computed(() => JSON.stringify(toValue(args)))
  const handle = computed(() => client.watch(name, asked.value && JSON.parse(asked.value)))
  const view = useStore<QueryView<unknown>>(() => (isEnabled.value ? handle.value : disabled))
  if (options.select) return useSelected(view, options.select)
  return {
    ...toFieldRefs(view),
    refetch: () => handle.value.refetch(),
    ready: () => (isEnabled.value ? whenReady(handle.value) : Promise.resolve()),
  }
}

/** What is shown of a query that is not asked yet. */
const disabled = createStore<QueryView<unknown>>(idleQuery)
