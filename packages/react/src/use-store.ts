import type { Store } from '@headway/core'
import { useSyncExternalStore } from 'react'

/** The value of a store; renders again when it changes. On a server, and while hydrating, the value it has there. */
export function useStore<T>(store: Store<T>): T {
  return useSyncExternalStore(store.subscribe, store.getSnapshot, store.getSnapshot)
}
