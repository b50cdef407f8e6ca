import type { Store } from '@headway/core'
import { isServer, selectStore } from '@headway/core/adapter'
import { untrack } from 'svelte'
import { createSubscriber } from 'svelte/reactivity'
import { toStore } from 'svelte/store'
import { outsideEffects } from './outside-effects.ts'

/** A Svelte store for `$store`, and its value for runes. */
export interface Readable<T> {
  /** Calls `run` at once and after each change. Returns a function that stops it. */
  subscribe(run: (value: T) => void): () => void
  /** The current value. Effects, templates and `$derived` track it. */
  readonly current: T
}

/**
 * A store of core as a Svelte store. A function as `source` may read reactive state and return
 * another store when it changes. On a server it shows the current value and does not subscribe.
 *
 * @param select returns the part to show; the store notifies only when a member of it changes
 */
export function toReadable<T>(source: Store<T> | (() => Store<T>)): Readable<T>
export function toReadable<T, S>(
  source: Store<T> | (() => Store<T>),
  select: ((value: T) => S) | undefined,
): Readable<S>
export function toReadable<T>(
  source: Store<T> | (() => Store<T>),
  select?: (value: T) => T,
): Readable<T> {
  let given: Store<T> | undefined
  let store: Store<T>
  let follow: () => void
  const shown = (): Store<T> => {
    const next = typeof source === 'function' ? source() : source
    if (next !== given) {
      given = next
      store = select ? selectStore(next, select) : next
      follow = createSubscriber((update) => store.subscribe(update))
    }
    return store
  }
  return {
    subscribe(run) {
      let listened: Store<T> | undefined
      let stop = (): void => undefined
      let leave = stop
      const listen = (next: Store<T>): void => {
        if (next === listened) return
        listened = next
        stop()
        const tell = (): void => run(next.getSnapshot())
        // Subscribe first: subscribing can change the value without a notification.
        if (!isServer()) stop = next.subscribe(tell)
        tell()
      }
      listen(untrack(shown))
      if (typeof source === 'function' && !isServer()) {
        outsideEffects(() => {
          // State that `run` reads must not run this effect again.
          leave = toStore(shown).subscribe((next) => untrack(() => listen(next)))
        })
      }
      return () => {
        leave()
        stop()
      }
    },
    get current() {
      const now = shown()
      follow()
      return now.getSnapshot()
    },
  }
}
