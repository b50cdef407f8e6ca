import { type Client, type ClientOptions, createClient, RpcError } from '@headway/core'
import { isServer } from '@headway/core/adapter'
import { untrack } from 'svelte'
import type { ForgeError } from './errors.ts'

/** `Client` under Forge's name. */
export type ForgeClient = Client

/** Options of a client, under Forge's names. */
export interface ForgeClientOptions extends Omit<ClientOptions, 'token'> {
  /**
   * Returns the bearer token, or `null` if no user is signed in. Called before each attempt and
   * each call.
   */
  getToken?: (() => string | null | undefined | Promise<string | null | undefined>) | undefined
  /**
   * Called when the server refuses the token (401), once for all waiting requests. The client waits
   * for its promise, and sends the requests again if `getToken` then returns another token. If it
   * rejects, the client sends nothing and tries again later.
   */
  onAuthError?: ((error: ForgeError) => unknown) | undefined
}

/** The options for requests to the page's server. */
type Server = Pick<ClientOptions, 'url' | 'fetch' | 'credentials'>

let pageServer: Server = {}

/** Options for a second client of the page's server, which sends no token. */
export function forgeServer(): Server {
  return pageServer
}

/** A client with Forge's options. `<ForgeProvider>` creates one. */
export function createForgeClient(options: ForgeClientOptions): ForgeClient {
  const { getToken, onAuthError, ...rest } = options
  if (!isServer()) pageServer = serverOf(rest)
  return createClient({
    ...rest,
    async token({ force }) {
      // State that these read must not run the effect again that sent the request.
      if (force) await untrack(() => onAuthError?.(refused()))
      return untrack(() => getToken?.())
    },
  })
}

function serverOf({ url, fetch, credentials }: Server): Server {
  return { ...(url && { url }), ...(fetch && { fetch }), ...(credentials && { credentials }) }
}

function refused(): ForgeError {
  return new RpcError('The server refused the token: sign in again', {
    code: 'UNAUTHORIZED',
    status: 401,
  })
}
