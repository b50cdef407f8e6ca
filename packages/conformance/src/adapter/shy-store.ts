import type { Store } from '@headway/core'

/** A store whose value changes on subscribing without a call of its listeners, as with handles. */
export function createShyStore() {
  const listeners = new Set<() => void>()
  let value = 'unwatched'
  const store: Store<string> = {
    getSnapshot: () => value,
    subscribe(listener) {
      if (listeners.size === 0) value = 'watched'
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0) value = 'unwatched'
      }
    },
  }
  const set = (next: string): void => {
    value = next
    for (const listener of listeners) listener()
  }
  return { store, set, listeners }
}
