import type { QueryResult } from '@headway/core/adapter'
import type { SubscriptionStore } from '@headway/svelte'
import { onMount } from 'svelte'
import { type ForgeError, shownError } from './errors.ts'

/** What a live query shows: `stale` while the result may be old. */
export interface SubscriptionResult<TData> extends QueryResult<TData> {
  stale: boolean
}

/** A live query whose members are followed wherever they are read: `users.data`, `users.loading`. */
export interface ReactiveQuery<TData> extends SubscriptionResult<TData> {
  readonly loading: boolean
  readonly data: TData | null
  readonly error: ForgeError | null
  readonly stale: boolean
  /** Asks for the result again, now. */
  readonly refetch: () => void
  /** Stops watching: what is shown stays as it is. */
  readonly unsubscribe: () => void
}

/**
 * A live query for runes: no `$` and no `.current`. Made while a component is initialised it is kept live as long as
 * that component, elsewhere as long as an effect or a template reads it.
 *
 * @example
 * ```svelte
 * const users = toReactive(getUsersStore$())
 * {#each users.data ?? [] as user}<p>{user.name}</p>{/each}
 * ```
 */
export function toReactive<TData>(store: SubscriptionStore<TData>): ReactiveQuery<TData> {
  keepLive(store)
  const { refetch, unsubscribe } = store
  return {
    get loading() {
      return store.current.loading
    },
    get data() {
      return store.current.data
    },
    get error() {
      return shownError(store.current.error)
    },
    get stale() {
      return store.current.stale
    },
    refetch,
    unsubscribe,
  }
}

/** Event handlers of a component read it, too, and nothing follows for those. */
function keepLive(store: SubscriptionStore<unknown>): void {
  try {
    onMount(() => store.subscribe(() => undefined))
  } catch {
    // Outside a component's initialisation Svelte has nothing to be mounted.
  }
}
