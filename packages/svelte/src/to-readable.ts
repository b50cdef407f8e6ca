import type { Store } from '@headway/core'
import { createSubscriber } from 'svelte/reactivity'

/** A store as Svelte knows it, for `$store`; and its value for runes. */
export interface Readable<T> {
  /** Calls `run` at once and after each change. Returns how to stop. */
  subscribe(run: (value: T) => void): () => void
  /** The value now. Read in an effect, a template or a `$derived`, it is followed. */
  readonly current: T
}

/** A core store as a Svelte store. On a server it shows the value it has there and subscribes to nothing. */
export function toReadable<T>(store: Store<T>): Readable<T> {
  const follow = createSubscriber((update) => store.subscribe(update))
  return {
    subscribe(run) {
      const stop =
        typeof window === 'undefined' ? noop : store.subscribe(() => run(store.getSnapshot()))
      run(store.getSnapshot())
      return stop
    },
    get current() {
      follow()
      return store.getSnapshot()
    },
  }
}

function noop(): void {}
