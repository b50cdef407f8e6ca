import type { QueryDefinition, QueryView } from '@headway/core'
import { type ArgsRest, queryKey, watchQuery } from '@headway/core/adapter'
import { useMemo } from 'react'
import { useClient } from './client-provider.tsx'
import { useReady } from './use-ready.ts'
import { useStore } from './use-store.ts'

/** How to show a live query. */
export interface UseQueryOptions {
  /** `false` asks nothing yet; what is shown is loading. Default: `true`. */
  enabled?: boolean | undefined
  /** Suspends until there is a result, or a refusal, which is in `error`. */
  suspense?: boolean | undefined
}

/** A live query as it is now. */
export interface UsedQuery<TData> extends QueryView<TData> {
  /** Asks for the result again, now. */
  refetch(): void
}

/**
 * Shows a query's result, kept live while the component is mounted. Equal arguments are the same query.
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
/** Shows what `select` picks of a query, and renders again when that changes. */
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
  // biome-ignore lint/correctness/useExhaustiveDependencies: definitions of one name and equal arguments are the same query, however often they are written anew
  const handle = useMemo(
    () => watchQuery(client, query, args, enabled),
    [client, name, queryKey(query, args), enabled],
  )
  useReady(handle, suspense && enabled !== false)
  const shown = useStore(handle, select)
  return select ? shown : { ...(shown as QueryView<unknown>), refetch: handle.refetch }
}
