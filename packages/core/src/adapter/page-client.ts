import { type Client, createClient } from '../client.ts'

let pageClient: Client | null = null

/**
 * Gives the page its client: for what runs where no provider reaches, such as an event handler.
 * Call it once, when the page starts; called again, as when a development server has replaced a module, it
 * closes the client before. Throws on a server: one client there would mix its users.
 */
export function setClient(client: Client): void {
  if (isServer()) {
    throw new Error(
      'setClient() is for the browser: on a server it would mix users; use a provider',
    )
  }
  if (pageClient !== client) pageClient?.close()
  pageClient = client
}

/**
 * The client that `setClient()` gave the page. On a server one that never asks anybody, so that what is
 * rendered there is idle or loading. Throws in a page that has none.
 */
export function getPageClient(): Client {
  if (isServer())
    return createClient({ url: 'http://server.invalid', fetch: refuse, storage: null })
  if (pageClient) return pageClient
  throw new Error(
    'There is no client: call setClient(createClient()) when the page starts, or put a provider above',
  )
}

/** Whether this is a server that renders, as far as frameworks are concerned: nothing is started here. */
export function isServer(): boolean {
  return typeof window === 'undefined'
}

function refuse(): Promise<never> {
  return Promise.reject(
    new Error('On a server nothing is asked without a client: put a provider above'),
  )
}
