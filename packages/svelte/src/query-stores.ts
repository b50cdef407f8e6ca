import { type Codec, defineQuery, type QueryDefinition, type Store } from '@headway/core'
import { askQuery, type QueryResult } from '@headway/core/adapter'
import { useClient } from './client-context.ts'
import { toDefinition } from './to-definition.ts'
import { type Readable, toReadable } from './to-readable.ts'

interface QueryActions {
  /** Requests the result again. */
  refetch: () => void
  /** Stops watching until the next subscriber. */
  unsubscribe: () => void
}

/** The result of a query without live updates. */
export interface QueryStore<TData> extends Readable<QueryResult<TData>>, QueryActions {}

/** The result of a live query; `stale` while it may be out of date. */
export interface SubscriptionStore<TData>
  extends Readable<QueryResult<TData> & { stale: boolean }>,
    QueryActions {}

/** The result of a query, live while the store has subscribers. */
export function createSubscriptionStore<TArgs, TData>(
  query: string | QueryDefinition<TArgs, TData>,
  args: TArgs,
  codec?: Codec<TArgs, TData>,
): SubscriptionStore<TData> {
  const definition = toDefinition(defineQuery<unknown, TData>, query, codec)
  return toQueryStore(useClient().watch(definition, args))
}

/** The result of a query, requested by the first subscriber, and again with `refetch()`. */
export function createQueryStore<TArgs, TData>(
  query: string | QueryDefinition<TArgs, TData>,
  args: TArgs,
  codec?: Codec<TArgs, TData>,
): QueryStore<TData> {
  const definition = toDefinition(defineQuery<TArgs, TData>, query, codec)
  return toQueryStore(askQuery(useClient(), definition, args))
}

function toQueryStore<T>(query: Store<T> & QueryActions): Readable<T> & QueryActions {
  const { refetch, unsubscribe } = query
  return Object.assign(toReadable(query), { refetch, unsubscribe })
}
