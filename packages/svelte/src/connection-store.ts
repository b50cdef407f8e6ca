import type { ConnectionState } from '@headway/core'
import { useClient } from './client-context.ts'
import { type Readable, toReadable } from './to-readable.ts'

/** The state of the connection in one of three words. */
export type ConnectionStatus = 'disconnected' | 'connecting' | 'connected'

/** The state of the connection in one of three words; `useConnection()` has the whole state. */
export type ConnectionStatusStore = Readable<ConnectionStatus>

/** A store of the connection's state in one of three words. */
export function createConnectionStore(): ConnectionStatusStore {
  return toReadable(useClient().connection, toStatus)
}

function toStatus({ status }: ConnectionState): ConnectionStatus {
  if (status === 'open') return 'connected'
  return status === 'connecting' ? status : 'disconnected'
}
