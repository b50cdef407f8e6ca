import { type Codec, defineQuery, type QueryDefinition, type Store } from '@headway/core'
import { askQuery, type QueryResult } from '@headway/core/adapter'
import { useClient } from './client-context.ts'
import { toCoded } from './coded.ts'
import { type Readable, toReadable } from './to-readable.ts'

interface QueryActions {
  /** Asks for the result again, now. */
  refetch: () => void
  /** Stops watching, until somebody subscribes anew. */
  unsubscribe: () => void
}

/** The result of a query that is asked once. */
export interface QueryStore<TData> extends Readable<QueryResult<TData>>, QueryActions {}

/** The result of a query that is kept live; `stale` while it may be old. */
export interface SubscriptionStore<TData>
  extends Readable<QueryResult<TData> & { stale: boolean }>,
    QueryActions {}

/** A query's result, kept live while somebody subscribes. */
export function createSubscriptionStore<TArgs, TData>(
  name: string,
  args: TArgs,
  codec?: Codec<TArgs, TData>,
): SubscriptionStore<TData> {
  const query = toCoded<QueryDefinition<unknown, TData>>(defineQuery(name), codec)
  return toQueryStore(useClient().watch(query, args))
}

/** A query's result, asked for when somebody subscribes first, and again with `refetch()`. */
export function createQueryStore<TArgs, TData>(
  name: string,
  args: TArgs,
  codec?: Codec<TArgs, TData>,
): QueryStore<TData> {
  const query = toCoded<QueryDefinition<TArgs, TData>>(defineQuery(name), codec)
  return toQueryStore(askQuery(useClient(), query, args))
}

function toQueryStore<T>(query: Store<T> & QueryActions): Readable<T> & QueryActions {
  const { refetch, unsubscribe } = query
  return Object.assign(toReadable(query), { refetch, unsubscribe })
}
