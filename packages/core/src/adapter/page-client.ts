import { type Client, createClient } from '../client.ts'

let pageClient: Client | null = null

/**
 * Sets the page's client, for code that no provider reaches, such as event handlers. Call it once,
 * when the page starts. A second call, as after a hot reload, closes the earlier client. Throws on
 * a server, where one global client would mix users.
 */
export function setClient(client: Client): void {
  if (isServer()) {
    throw new Error(
      'setClient() works in browsers only, since on a server it would mix users: use a provider',
    )
  }
  if (pageClient !== client) pageClient?.close()
  pageClient = client
}

/**
 * The client from `setClient()`. On a server it returns one that sends no request, so that
 * everything renders as idle or loading. Throws if the page has no client.
 */
export function getPageClient(): Client {
  if (isServer())
    return createClient({ url: 'http://server.invalid', fetch: refuse, storage: null })
  if (pageClient) return pageClient
  throw new Error(
    'There is no client: call setClient(createClient()) when the page starts, or add a provider',
  )
}

/** True without a `window`, as in server-side rendering: nothing starts there. */
export function isServer(): boolean {
  return typeof window === 'undefined'
}

function refuse(): Promise<never> {
  return Promise.reject(new Error('There is no client during server rendering: add a provider'))
}
