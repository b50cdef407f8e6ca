import type { Store } from '@headway/core'
import { isServer, selectStore } from '@headway/core/adapter'
import { untrack } from 'svelte'
import { createSubscriber } from 'svelte/reactivity'
import { toStore } from 'svelte/store'
import { outsideEffects } from './outside-effects.ts'

/** A store as Svelte knows it, for `$store`; and its value for runes. */
export interface Readable<T> {
  /** Calls `run` at once and after each change. Returns how to stop. */
  subscribe(run: (value: T) => void): () => void
  /** The value now. Read in an effect, a template or a `$derived`, it is followed. */
  readonly current: T
}

/**
 * A core store as a Svelte store; of another one when the function that gives it reads state that
 * changes. On a server it shows the value it has there and subscribes to nothing.
 *
 * @param select what of it: then nothing is said until that is another, members of objects compared one by one
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
        // First of all, since it may change the value, and tells nobody.
        if (!isServer()) stop = next.subscribe(tell)
        tell()
      }
      listen(untrack(shown))
      if (typeof source === 'function' && !isServer()) {
        outsideEffects(() => {
          // What `run` reads is no reason to look for another store.
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
