import type { ConnectionState } from '@headway/core'
import type { Ref } from 'vue'
import { useClient } from './client-plugin.ts'
import { useStore } from './use-store.ts'

/**
 * The state of the connection. `useClient()` has `reconnectNow()`, `pause()` and `resume()`.
 *
 * @example
 * ```ts
 * const connection = useConnection()
 * const isAway = computed(() => connection.value.status === 'waiting')
 * ```
 */
export function useConnection(): Readonly<Ref<ConnectionState>> {
  return useStore(useClient().connection)
}
