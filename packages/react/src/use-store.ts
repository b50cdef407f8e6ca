import type { Store } from '@headway/core'
import { createSelection } from '@headway/core/adapter'
import { useState, useSyncExternalStore } from 'react'

/**
 * The value of a store. Renders again when it changes. On a server and while hydrating it is the
 * value before the first request.
 *
 * @param select returns the part to show; the component renders again only when a member of it
 * changes
 */
export function useStore<T>(store: Store<T>): T
export function useStore<T, S>(store: Store<T>, select: (value: T) => S): S
export function useStore<T, S>(store: Store<T>, select?: (value: T) => S): T | S
export function useStore<T, S>(store: Store<T>, select?: (value: T) => S): T | S {
  const [selection] = useState(createSelection<T, S>)
  const { getSnapshot, getServerSnapshot = getSnapshot } = store
  const read = (get: () => T) => (): T | S => (select ? selection(get(), select) : get())
  return useSyncExternalStore(store.subscribe, read(getSnapshot), read(getServerSnapshot))
}
