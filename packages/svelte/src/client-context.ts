import type { Client } from '@headway/core'
import { getPageClient } from '@headway/core/adapter'
import { getContext, setContext } from 'svelte'

const key = Symbol('headway')

/** Gives a client to a component and those below it. Call it while the component initialises. */
export function provideClient(client: Client): void {
  setContext(key, client)
}

/**
 * The client of the nearest `provideClient()`, or the one from `setClient()`. Throws if there is
 * neither.
 */
export function useClient(): Client {
  let client: Client | undefined
  try {
    client = getContext<Client>(key)
  } catch {
    // Svelte has a context only while a component initialises: not in event handlers and modules.
  }
  return client ?? getPageClient()
}
