import type { ConnectionState } from '@headway/core'
import type { Ref } from 'vue'
import { useClient } from './client-plugin.ts'
import { useStore } from './use-store.ts'

/**
 * Where the page's one connection is. `useClient()` moves it: `reconnectNow()`, `pause()`, `resume()`.
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
