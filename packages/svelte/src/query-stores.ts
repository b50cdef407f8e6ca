import { defineQuery, type HeadwayError } from '@headway/core'
import { createMutation } from '@headway/core/adapter'
import { useClient } from './client-context.ts'
import { type Readable, toReadable } from './to-readable.ts'

/** The result of a query, and whether there is a newer one. */
export interface QueryResult<TData> {
  loading: boolean
  data: TData | null
  error: HeadwayError | null
}

/** The result of a query that is asked once. */
export interface QueryStore<TData> extends Readable<QueryResult<TData>> {
  /** Asks for the result again, now. */
  refetch: () => void
  /** Stops watching. */
  unsubscribe: () => void
}

/** The result of a query that is kept live; `stale` while it may be old. */
export interface SubscriptionStore<TData>
  extends Readable<QueryResult<TData> & { stale: boolean }> {
  /** Asks for the result again, now. */
  refetch: () => void
  /** Stops watching, until somebody subscribes anew. */
  unsubscribe: () => void
}

/** A query's result, kept live while somebody subscribes. */
export function createSubscriptionStore<TArgs, TData>(
  name: string,
  args: TArgs,
): SubscriptionStore<TData> {
  const handle = useClient().watch(defineQuery<TArgs, TData>(name), args)
  const { refetch, unsubscribe } = handle
  return Object.assign(toReadable(handle), { refetch, unsubscribe })
}

/** A query's result, asked for when somebody subscribes first, and again with `refetch()`. */
export function createQueryStore<TArgs, TData>(name: string, args: TArgs): QueryStore<TData> {
  const asking = createMutation<TArgs, TData>(useClient(), name, true)
  let isAsked = false
  let ended = new AbortController()
  const refetch = (): void => {
    isAsked = true
    void asking.mutate(args, { signal: ended.signal })
  }
  const store = {
    getSnapshot: asking.getSnapshot,
    subscribe(listener: () => void) {
      if (!isAsked) refetch()
      return asking.subscribe(listener)
    },
  }
  const readable = toReadable(store, ({ pending, data, error }): QueryResult<TData> => {
    return { loading: pending || !isAsked, data, error }
  })
  const unsubscribe = (): void => {
    ended.abort()
    ended = new AbortController()
  }
  return Object.assign(readable, { refetch, unsubscribe })
}
