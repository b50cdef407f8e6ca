import type { ConnectionState } from '@headway/core'
import { useClient } from './client-context.ts'
import { type Readable, toReadable } from './to-readable.ts'

/**
 * Where the page's one connection is. `useClient()` moves it: `reconnectNow()`, `pause()`, `resume()`.
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
