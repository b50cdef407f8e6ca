import { type Awaitable, hasToWait, hydration } from '@headway/core/adapter'
import { useState } from 'react'
import { useStore } from './use-store.ts'

/**
 * Suspends until the server's first answer, if `isWanted`. All renders wait for one promise. A
 * component that the server rendered as loading does not suspend: that would remove HTML which the
 * user sees.
 *
 * @see https://react.dev/reference/react/Suspense
 */
export function useReady(handle: Awaitable, isWanted = false): void {
  const [wasHydrated] = useState(useStore(hydration))
  if (isWanted && !wasHydrated && hasToWait(handle)) throw handle.ready()
}
