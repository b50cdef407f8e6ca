import type { Store } from '../store/store.ts'
import type { FollowView } from '../tracking/cell.ts'
import { isReady } from '../tracking/sync.ts'
import { isServer } from './page-client.ts'

/** A handle: of a run or of a query. */
export interface Awaitable extends Store<FollowView> {
  ready(): Promise<void>
}

/** Whether a page that waits for it has to wait. A server that renders asks nobody, and waits for nothing. */
export function hasToWait(handle: Awaitable): boolean {
  return !isServer() && !isReady(handle.getSnapshot())
}

/** Resolves once the server has said something; where there is nothing to wait for, at once. */
export function whenReady(handle: Awaitable): Promise<void> {
  return hasToWait(handle) ? handle.ready() : Promise.resolve()
}

/** Whether a page takes over what a server rendered: `true` in that one render, and on the server. */
export const hydration: Store<boolean> = {
  getSnapshot: () => false,
  getServerSnapshot: () => true,
  subscribe: () => () => undefined,
}
