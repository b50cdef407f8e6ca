import { isServer, setClient } from '@headway/core/adapter'
import {
  type ConnectionStatus,
  type ConnectionStatusStore,
  createConnectionStore,
  provideClient,
} from '@headway/svelte'
import type { Snippet } from 'svelte'
import { createForgeClient, type ForgeClientOptions } from './forge-client.ts'

/** Props of `<ForgeProvider>`. It creates the client once and ignores later changes. */
export interface ForgeProviderProps extends ForgeClientOptions {
  url: string
  children: Snippet
  /** Called with the connection's state when the page mounts and after each change. */
  onConnectionChange?: ((status: ConnectionStatus) => void) | undefined
}

/** Creates a client for a component and those below it; in a browser also for the page. */
export function createProvided(options: ForgeClientOptions): {
  status: ConnectionStatusStore
  close: () => void
} {
  const client = createForgeClient(options)
  provideClient(client)
  if (!isServer()) setClient(client)
  return { status: createConnectionStore(), close: () => client.close() }
}
