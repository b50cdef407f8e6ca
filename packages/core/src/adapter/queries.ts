import type { Client } from '../client.ts'
import type { QueryDefinition } from '../definitions/definition.ts'
import type { HeadwayError } from '../errors.ts'
import { idleQuery } from '../state/query-state.ts'
import type { Store } from '../store/store.ts'
import { encodeArgs } from '../tracking/coding.ts'
import type { QueryHandle } from '../tracking/watch.ts'
import { createMutation } from './mutation.ts'
import { selectStore } from './selection.ts'

/** A query as a component shows it, asked or not. */
export type ShownQuery = Pick<
  QueryHandle<unknown>,
  'getSnapshot' | 'getServerSnapshot' | 'subscribe' | 'refetch' | 'ready'
>

/** A query that is watched, unless `enabled` is `false`: then nothing is asked, and it is loading. */
export function watchQuery(
  client: Client,
  query: QueryDefinition<never, unknown>,
  args: unknown,
  enabled: boolean | undefined,
): ShownQuery {
  if (enabled === false) return disabled
  return client.watch(query as QueryDefinition<unknown, unknown>, args)
}

/** What is asked, as text: equal arguments are the same query, however often they are written anew. */
export function queryKey(query: QueryDefinition<never, unknown>, args: unknown): string {
  try {
    return JSON.stringify(encodeArgs(query, args)) ?? ''
  } catch {
    // What cannot be sent is refused when it is watched.
    return ''
  }
}

const disabled: ShownQuery = {
  getSnapshot: () => idleQuery,
  subscribe: () => () => undefined,
  refetch: () => undefined,
  ready: () => Promise.resolve(),
}

/** The result of a query, and whether a newer one is on its way. */
export interface QueryResult<TData> {
  loading: boolean
  data: TData | null
  error: HeadwayError | null
}

/**
 * A query that is asked once: when somebody subscribes first, or first after `unsubscribe()`, and again
 * with `refetch()`.
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
