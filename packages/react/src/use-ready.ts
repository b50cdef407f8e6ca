import type { QueryView, Store } from '@headway/core'
import { type AnyRunView, isReady, isServer } from '@headway/core/adapter'
import { useState, useSyncExternalStore } from 'react'

/** What can be waited for: `ready()` is one promise, however many components are thrown away waiting. */
interface Awaitable extends Store<AnyRunView | QueryView<unknown>> {
  ready(): Promise<void>
}

/**
 * Suspends until a store has something from the server, when that is wanted. A component that a server
 * rendered as loading goes on so: suspending would take away what the user sees already.
 *
 * @see https://react.dev/reference/react/Suspense
 */
export function useReady(store: Awaitable, isWanted = false): void {
  const isHydrating = useSyncExternalStore(subscribeToNothing, no, yes)
  const [wasHydrated] = useState(isHydrating)
  if (isWanted && !wasHydrated && !isServer() && !isReady(store.getSnapshot())) throw store.ready()
}

const subscribeToNothing = () => () => undefined
const no = () => false
const yes = () => true
