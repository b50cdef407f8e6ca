import { isServer, setClient } from '@headway/core/adapter'
import {
  type ConnectionStatus,
  type ConnectionStatusStore,
  createConnectionStore,
  provideClient,
} from '@headway/svelte'
import type { Snippet } from 'svelte'
import { createForgeClient, type ForgeClientOptions } from './forge-client.ts'

/** What `<ForgeProvider>` takes. The client is made once: what changes later is not looked at. */
export interface ForgeProviderProps extends ForgeClientOptions {
  url: string
  children: Snippet
  /** Told where the connection is, in one word, when the page is shown and after each change. */
  onConnectionChange?: ((status: ConnectionStatus) => void) | undefined
}

/** A client for a component and those below it, and in a browser for the page. */
export function createProvided(options: ForgeClientOptions): {
  status: ConnectionStatusStore
  close: () => void
} {
  const client = createForgeClient(options)
  provideClient(client)
  if (!isServer()) setClient(client)
  return { status: createConnectionStore(), close: () => client.close() }
}
