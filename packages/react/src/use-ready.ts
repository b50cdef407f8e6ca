import { type Awaitable, hasToWait, hydration } from '@headway/core/adapter'
import { useState } from 'react'
import { useStore } from './use-store.ts'

/**
 * Suspends until a store has something from the server, when that is wanted: on one promise, however many
 * renders are thrown away waiting. A component that a server rendered as loading goes on so: suspending
 * would take away what the user sees already.
 *
 * @see https://react.dev/reference/react/Suspense
 */
export function useReady(handle: Awaitable, isWanted = false): void {
  const [wasHydrated] = useState(useStore(hydration))
  if (isWanted && !wasHydrated && hasToWait(handle)) throw handle.ready()
}
