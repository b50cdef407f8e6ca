import type { QueryDefinition, QueryView } from '@headway/core'
import { type ArgsRest, queryKey, watchQuery } from '@headway/core/adapter'
import { useMemo } from 'react'
import { useClient } from './client-provider.tsx'
import { useReady } from './use-ready.ts'
import { useStore } from './use-store.ts'

/** Options of {@link useQuery}. */
export interface UseQueryOptions {
  /** `false` sends nothing, and the view stays loading. Default: `true`. */
  enabled?: boolean | undefined
  /** Suspends until there is a result or an error. */
  suspense?: boolean | undefined
}

/** The view of a live query. */
export interface UsedQuery<TData> extends QueryView<TData> {
  /** Requests the result again. */
  refetch(): void
}

/**
 * Shows the result of a query, live while the component is mounted. Equal arguments share one
 * query.
 *
 * @example
 * ```tsx
 * const { data, loading, error } = useQuery(listUsers, { team })
 * ```
 */
export function useQuery<TArgs, TData>(
  query: QueryDefinition<TArgs, TData>,
  ...rest: [...ArgsRest<TArgs>, options?: UseQueryOptions]
): UsedQuery<TData>
/** Shows the part of a query that `select` returns. Renders again when that part changes. */
export function useQuery<TArgs, TData, S>(
  query: QueryDefinition<TArgs, TData>,
  args: TArgs,
  options: UseQueryOptions & { select: (query: QueryView<TData>) => S },
): S
export function useQuery(
  query: QueryDefinition<never, unknown>,
  args?: unknown,
  options: UseQueryOptions & { select?: (query: QueryView<unknown>) => unknown } = {},
): unknown {
  const { enabled, suspense, select } = options
  const client = useClient()
  const { name } = query
  // Equal names and equal arguments mean the same query, even as new objects.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the arguments
  const handle = useMemo(
    () => watchQuery(client, query, args, enabled),
    [client, name, queryKey(query, args), enabled],
  )
  useReady(handle, suspense && enabled !== false)
  const shown = useStore(handle, select)
  return select ? shown : { ...(shown as QueryView<unknown>), refetch: handle.refetch }
}
