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

/** How to show a live query. */
export interface UseQueryOptions {
  /** `false` asks nothing yet; what is shown is loading. A value or a function. Default: `true`. */
  enabled?: MaybeGetter<boolean | undefined>
}

/** A live query as it is now, for `$query` and as `query.current`. */
export interface UsedQuery<TData> extends Readable<QueryView<TData>> {
  /** Asks for the result again, now. */
  refetch(): void
  /** Resolves once there is a result, or a refusal: `{#await query.ready()}`. */
  ready(): Promise<void>
}

/**
 * Shows a query's result, kept live while somebody shows it. Equal arguments are the same query.
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
/** What `select` picks of a query; says nothing until that is another. */
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
    // By text: equal arguments are the same query, however often they are written anew.
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
