import type { ConnectionState } from '@headway/core'
import { useClient } from './client-provider.tsx'
import { useStore } from './use-store.ts'

/**
 * The state of the connection. `useClient()` has `reconnectNow()`, `pause()` and `resume()`.
 *
 * @example
 * ```tsx
 * const connection = useConnection()
 * const client = useClient()
 * if (connection.status !== 'waiting') return null
 * return <button onClick={client.reconnectNow}>Reconnect</button>
 * ```
 */
export function useConnection(): ConnectionState
/** The part of the connection state that `select` returns. Renders again when that part changes. */
export function useConnection<S>(select: (connection: ConnectionState) => S): S
export function useConnection<S>(select?: (connection: ConnectionState) => S): ConnectionState | S {
  return useStore(useClient().connection, select)
}
