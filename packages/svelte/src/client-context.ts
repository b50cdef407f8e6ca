import type { Client } from '@headway/core'
import { getPageClient } from '@headway/core/adapter'
import { getContext, setContext } from 'svelte'

const key = Symbol('headway')

/** Gives a component, and those below it, a client. Call it while the component is initialised. */
export function provideClient(client: Client): void {
  setContext(key, client)
}

/** The client of the nearest `provideClient`, else the page's, from `setClient()`. Throws when there is neither. */
export function useClient(): Client {
  let client: Client | undefined
  try {
    client = getContext<Client>(key)
  } catch {
    // Outside a component's initialisation Svelte has no context: an event handler, a module.
  }
  return client ?? getPageClient()
}
