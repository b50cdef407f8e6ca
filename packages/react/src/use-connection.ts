import type { ConnectionState } from '@headway/core'
import { useClient } from './client-provider.tsx'
import { useStore } from './use-store.ts'

/**
 * Where the page's one connection is. `useClient()` moves it: `reconnectNow()`, `pause()`, `resume()`.
 *
 * @example
 * ```tsx
 * const connection = useConnection()
 * const client = useClient()
 * return connection.status === 'waiting' && <button onClick={client.reconnectNow}>Reconnect</button>
 * ```
 */
export function useConnection(): ConnectionState
/** What `select` picks of it; renders again when that changes. */
export function useConnection<S>(select: (connection: ConnectionState) => S): S
export function useConnection<S>(select?: (connection: ConnectionState) => S): ConnectionState | S {
  return useStore(useClient().connection, select)
}
