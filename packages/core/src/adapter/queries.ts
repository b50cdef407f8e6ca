import type { Client } from '../client.ts'
import type { QueryDefinition } from '../definitions/definition.ts'
import type { HeadwayError } from '../errors.ts'
import { idleQuery } from '../state/query-state.ts'
import type { Store } from '../store/store.ts'
import { encodeArgs } from '../tracking/coding.ts'
import type { QueryHandle } from '../tracking/watch.ts'
import { createMutation } from './mutation.ts'
import { selectStore } from './selection.ts'

/** The part of a query's handle that components use. */
export type ShownQuery = Pick<
  QueryHandle<unknown>,
  'getSnapshot' | 'getServerSnapshot' | 'subscribe' | 'refetch' | 'ready'
>

/** Watches a query. With `enabled: false` it sends nothing and stays loading. */
export function watchQuery(
  client: Client,
  query: QueryDefinition<never, unknown>,
  args: unknown,
  enabled: boolean | undefined,
): ShownQuery {
  if (enabled === false) return disabled
  return client.watch(query as QueryDefinition<unknown, unknown>, args)
}

/** The arguments as text. Equal arguments give equal text, so they mean the same query. */
export function queryKey(query: QueryDefinition<never, unknown>, args: unknown): string {
  try {
    return JSON.stringify(encodeArgs(query, args)) ?? ''
  } catch {
    // Watching arguments that cannot be sent throws the reason.
    return ''
  }
}

const disabled: ShownQuery = {
  getSnapshot: () => idleQuery,
  subscribe: () => () => undefined,
  refetch: () => undefined,
  ready: () => Promise.resolve(),
}

/** The result of a query; `loading` while a request is under way. */
export interface QueryResult<TData> {
  loading: boolean
  data: TData | null
  error: HeadwayError | null
}

/**
 * A query without live updates. The first subscriber sends the request, `refetch()` sends it again.
 * After `unsubscribe()` the next subscriber sends it again.
 */
export function askQuery<TArgs, TData>(
  client: Client,
  query: QueryDefinition<TArgs, TData>,
  args: TArgs,
): Store<QueryResult<TData>> & { refetch: () => void; unsubscribe: () => void } {
  const asking = createMutation<TArgs, TData>(client, query, true)
  const unasked = asking.getSnapshot()
  let asked: AbortController | null = null
  const refetch = (): void => {
    asked = new AbortController()
    void asking.mutate(args, { signal: asked.signal })
  }
  const result = selectStore(asking, (view) => {
    const { pending, data, error } = view
    return { loading: pending || view === unasked, data, error }
  })
  return {
    getSnapshot: result.getSnapshot,
    subscribe(listener) {
      if (!asked) refetch()
      return result.subscribe(listener)
    },
    refetch,
    unsubscribe() {
      asked?.abort()
      asked = null
    },
  }
}
