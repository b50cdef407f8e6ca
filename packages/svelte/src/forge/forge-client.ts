import { type Client, type ClientOptions, createClient, RpcError } from '@headway/core'
import { isServer } from '@headway/core/adapter'
import { untrack } from 'svelte'
import type { ForgeError } from './errors.ts'

/** The client, under the name that Forge has for it. */
export type ForgeClient = Client

/** How a client reaches its server, in Forge's words. */
export interface ForgeClientOptions extends Omit<ClientOptions, 'token'> {
  /** The bearer token, or `null` when nobody is signed in. Asked for before each attempt and each call. */
  getToken?: (() => string | null | undefined | Promise<string | null | undefined>) | undefined
  /**
   * Called when the server refused the token (401), once for all who wait. What was refused is sent again when
   * `getToken` gives another token after that: return a promise to have it waited for. While it rejects, nothing is
   * sent, and the client tries again later.
   */
  onAuthError?: ((error: ForgeError) => unknown) | undefined
}

/** How requests reach the page's server. */
type Server = Pick<ClientOptions, 'url' | 'fetch' | 'credentials'>

let pageServer: Server = {}

/** The same for a client that says nothing of who is asking. */
export function forgeServer(): Server {
  return pageServer
}

/** A client with Forge's options. `<ForgeProvider>` makes one. */
export function createForgeClient(options: ForgeClientOptions): ForgeClient {
  const { getToken, onAuthError, ...rest } = options
  if (!isServer()) pageServer = serverOf(rest)
  return createClient({
    ...rest,
    async token({ force }) {
      // What these read is no reason to run the effect again in which something is asked.
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
