import { isReady } from '../registry/sync-changes.ts'
import type { FollowView } from '../state/follow-view.ts'
import type { Store } from '../store/store.ts'
import { isServer } from './page-client.ts'

/** The handle of a run or of a query. */
export interface Awaitable extends Store<FollowView> {
  ready(): Promise<void>
}

/**
 * True until the server's first answer. Always false in server-side rendering, which sends nothing.
 */
export function hasToWait(handle: Awaitable): boolean {
  return !isServer() && !isReady(handle.getSnapshot())
}

/**
 * Resolves with the server's first answer; at once if it is there, and in server-side rendering.
 */
export function whenReady(handle: Awaitable): Promise<void> {
  return hasToWait(handle) ? handle.ready() : Promise.resolve()
}

/** True on a server and in the first client render of server-rendered HTML. */
export const hydration: Store<boolean> = {
  getSnapshot: () => false,
  getServerSnapshot: () => true,
  subscribe: () => () => undefined,
}
