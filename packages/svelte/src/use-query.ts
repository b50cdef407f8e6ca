import type { QueryDefinition, QueryView } from '@headway/core'
import {
  type ArgsRest,
  queryKey,
  type ShownQuery,
  watchQuery,
  whenReady,
} from '@headway/core/adapter'
import { useClient } from './client-context.ts'
import { type MaybeGetter, toValue } from './getter.ts'
import { type Readable, toReadable } from './to-readable.ts'

/** Options of {@link useQuery}. */
export interface UseQueryOptions {
  /** `false` sends nothing, and the view stays loading. A value or a function. Default: `true`. */
  enabled?: MaybeGetter<boolean | undefined>
}

/** The view of a live query, as `$query` or `query.current`. */
export interface UsedQuery<TData> extends Readable<QueryView<TData>> {
  /** Requests the result again. */
  refetch(): void
  /** Resolves when there is a result or an error: `{#await query.ready()}`. */
  ready(): Promise<void>
}

/**
 * Shows the result of a query, live while it is shown. Equal arguments share one query.
 *
 * @example
 * ```svelte
 * const users = useQuery(listUsers, () => ({ team: page.params.team }))
 * {#each users.current.data ?? [] as user}<p>{user.name}</p>{/each}
 * ```
 */
export function useQuery<TArgs, TData>(
  query: QueryDefinition<TArgs, TData>,
  ...rest: [...ArgsRest<TArgs, MaybeGetter<TArgs>>, options?: UseQueryOptions]
): UsedQuery<TData>
/** The part of a query that `select` returns. Notifies when that part changes. */
export function useQuery<TArgs, TData, S>(
  query: QueryDefinition<TArgs, TData>,
  args: MaybeGetter<TArgs>,
  options: UseQueryOptions & { select: (query: QueryView<TData>) => S },
): Readable<S>
export function useQuery(
  query: QueryDefinition<never, unknown>,
  args?: MaybeGetter<unknown>,
  options: UseQueryOptions & { select?: (query: QueryView<unknown>) => unknown } = {},
): unknown {
  const client = useClient()
  let watched: ShownQuery | undefined
  let asked = ''
  const shown = (): ShownQuery => {
    const value = toValue(args)
    const enabled = toValue(options.enabled)
    // By text, because equal arguments mean the same query, even as new objects.
    const next = `${enabled} ${queryKey(query, value)}`
    if (!watched || next !== asked) watched = watchQuery(client, query, value, enabled)
    asked = next
    return watched
  }
  return Object.assign(toReadable(shown, options.select), {
    refetch: () => shown().refetch(),
    ready: () => whenReady(shown()),
  })
}
