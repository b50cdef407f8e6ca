import type { Client } from '@headway/core'
import { getContext, setContext } from 'svelte'

const key = Symbol('headway')
let pageClient: Client | null = null

/**
 * Gives the page its client, for stores that are made in event handlers, where no context exists.
 * Call it once, in the browser. Throws on a server: one client there would mix its users.
 */
export function setClient(client: Client): void {
  if (typeof window === 'undefined') {
    throw new Error(
      'setClient() is for the browser: on a server it would mix users; use provideClient()',
    )
  }
  pageClient = client
}

/** Gives a component, and those below it, a client. Call it while the component is initialised. */
export function provideClient(client: Client): void {
  setContext(key, client)
}

/** The client of the nearest `provideClient`, else the page's. Throws when there is neither. */
export function useClient(): Client {
  const client = fromContext() ?? pageClient
  if (client) return client
  throw new Error('There is no client: call setClient(createClient()) when the page starts')
}

function fromContext(): Client | undefined {
  try {
    return getContext<Client>(key)
  } catch {
    // Outside a component's initialisation Svelte has no context: an event handler, a module.
    return undefined
  }
}
