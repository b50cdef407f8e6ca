import {
  createStore,
  idleQuery,
  type QueryDefinition,
  type QueryHandle,
  type QueryView,
} from '@headway/core'
import { useClient } from './client-context.ts'
import { type MaybeGetter, toValue } from './getter.ts'
import { type Readable, toReadable } from './to-readable.ts'
import { whenReady } from './when-ready.ts'

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
  args: MaybeGetter<TArgs>,
  options?: UseQueryOptions,
): UsedQuery<TData>
/** What `select` picks of a query; says nothing until that is another. */
export function useQuery<TArgs, TData, S>(
  query: QueryDefinition<TArgs, TData>,
  args: MaybeGetter<TArgs>,
  options: UseQueryOptions & { select: (query: QueryView<TData>) => S },
): Readable<S>
export function useQuery(
  query: string | { name: string },
  args: MaybeGetter<unknown>,
  options: UseQueryOptions & { select?: (query: QueryView<unknown>) => unknown } = {},
): unknown {
  const client = useClient()
  const name = typeof query === 'string' ? query : query.name
  let handle: QueryHandle<unknown> | undefined
  let asked: string | undefined
  const watched = (): QueryHandle<unknown> => {
    const value = toValue(args)
    const text = JSON.stringify(value)
    // By text: equal arguments are the same query, however often they are written anew.
    if (!handle || text !== asked) handle = client.watch(name, value as never)
    asked = text
    return handle
  }
  const isEnabled = (): boolean => toValue(options.enabled) ?? true
  const readable = toReadable<QueryView<unknown>, unknown>(
    () => (isEnabled() ? watched() : disabled),
    options.select,
  )
  return Object.assign(readable, {
    refetch: () => watched().refetch(),
    ready: () => (isEnabled() ? whenReady(watched()) : Promise.resolve()),
  })
}

/** What is shown of a query that is not asked yet. */
const disabled = createStore<QueryView<unknown>>(idleQuery)
