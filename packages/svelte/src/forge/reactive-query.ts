import type { QueryResult } from '@headway/core/adapter'
import type { SubscriptionStore } from '@headway/svelte'
import { onMount } from 'svelte'
import { type ForgeError, shownError } from './errors.ts'

/** The view of a live query; `stale` while it may be out of date. */
export interface SubscriptionResult<TData> extends QueryResult<TData> {
  stale: boolean
}

/** A live query. Effects and templates track its members: `users.data`, `users.loading`. */
export interface ReactiveQuery<TData> extends SubscriptionResult<TData> {
  readonly loading: boolean
  readonly data: TData | null
  readonly error: ForgeError | null
  readonly stale: boolean
  /** Requests the result again. */
  readonly refetch: () => void
  /** Stops watching. The members keep their values. */
  readonly unsubscribe: () => void
}

/**
 * A live query for runes, without `$` and `.current`. Created while a component initialises, it
 * stays live as long as the component; elsewhere as long as an effect or a template reads it.
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

/** Subscribes while the component is mounted: event handlers read it, but track nothing. */
function keepLive(store: SubscriptionStore<unknown>): void {
  try {
    onMount(() => store.subscribe(() => undefined))
  } catch {
    // `onMount` throws outside of a component's initialisation.
  }
}
