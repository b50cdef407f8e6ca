import type { ConnectionState } from '@headway/core'
import { useClient } from './client-context.ts'
import { type Readable, toReadable } from './to-readable.ts'

/**
 * The state of the connection. `useClient()` has `reconnectNow()`, `pause()` and `resume()`.
 *
 * @example
 * ```svelte
 * const connection = useConnection()
 * {#if connection.current.status === 'waiting'}Reconnecting…{/if}
 * ```
 */
export function useConnection(): Readable<ConnectionState> {
  return toReadable(useClient().connection)
}
