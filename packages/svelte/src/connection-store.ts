import type { ConnectionState } from '@headway/core'
import { useClient } from './client-context.ts'
import { type Readable, toReadable } from './to-readable.ts'

/** Where the connection is, in one of three words. */
export type ConnectionStatus = 'disconnected' | 'connecting' | 'connected'

/** Where the connection is, in one of three words; `useConnection()` says more. */
export type ConnectionStatusStore = Readable<ConnectionStatus>

/** Where the page's one connection is, in one of three words. */
export function createConnectionStore(): ConnectionStatusStore {
  return toReadable(useClient().connection, toStatus)
}

function toStatus({ status }: ConnectionState): ConnectionStatus {
  if (status === 'open') return 'connected'
  return status === 'connecting' ? status : 'disconnected'
}
