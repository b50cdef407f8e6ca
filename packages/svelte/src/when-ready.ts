import { isServer } from '@headway/core/adapter'

/** Waits for what a server has to say; where pages are rendered nobody is asked, and nothing is waited for. */
export function whenReady(handle: { ready(): Promise<void> }): Promise<void> {
  return isServer() ? Promise.resolve() : handle.ready()
}
