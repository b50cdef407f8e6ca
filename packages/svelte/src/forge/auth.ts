import { type Client, createClient, createStore, RpcError } from '@headway/core'
import { toReadable, useClient } from '@headway/svelte'
import { type AuthState, createAuthStorage, signedOut } from './auth-storage.ts'
import { forgeServer } from './forge-client.ts'

/** A user as pages of Forge know one. */
export interface AuthUser {
  id: string
  email: string
  name?: string
}

/** What a server gives for a refresh token: as Forge writes it, or as generated functions do. */
export type TokenPair =
  | { access_token: string; refresh_token: string }
  | { accessToken: string; refreshToken: string }

/** Who is signed in. Members are followed wherever they are read. */
export interface Auth<TUser = AuthUser> {
  readonly token: string | null
  readonly refreshToken: string | null
  readonly user: TUser | null
  readonly isAuthenticated: boolean
  /** Signs in: the client moves to the new user at once. */
  setAuth(token: string, refreshToken: string, user: TUser): void
  /** Takes newer tokens of the same user. */
  updateTokens(token: string, refreshToken: string): void
  updateUser(user: TUser): void
  /** Signs out, in all tabs. */
  clearAuth(): void
  /**
   * Renews the tokens every `intervalMs` (default: 40 minutes) while somebody is signed in.
   *
   * @param url where the server is, when that is not where the page's client asks
   */
  startRefreshLoop(url?: string, intervalMs?: number): void
  stopRefreshLoop(): void
  /**
   * Renews the tokens, once for all who ask at the same time, in all tabs. `false` when that failed: signed out when
   * the server refused the refresh token (401, 403), still signed in when it could not be asked.
   */
  tryRefresh(): Promise<boolean>
  /**
   * For `onAuthError`: renews the tokens, or signs out when they are refused. Rejects when the server could not be
   * asked: nobody is signed out by a network.
   */
  handleAuthError(): Promise<void>
}

/** What became of a renewal. */
type Renewal = { status: 'renewed' | 'refused' } | { status: 'failed'; error: unknown }

const fortyMinutes = 40 * 60_000

/**
 * Who is signed in, kept in `localStorage` under `forge_auth`.
 *
 * @param refresh asks for new tokens, with a client that sends no token; without it a refused token signs out
 * @example
 * ```ts
 * export const auth = createAuth((client, refreshToken) => client.call(refresh, { refreshToken }))
 * ```
 */
export function createAuth<TUser = AuthUser>(
  refresh?: (client: Client, refreshToken: string) => Promise<TokenPair>,
): Auth<TUser> {
  const storage = createAuthStorage<TUser>()
  const store = createStore<AuthState<TUser>>(storage.read() ?? signedOut)
  const shown = toReadable(store)
  let loop: ReturnType<typeof setInterval> | undefined
  let loopUrl: string | undefined
  let renewing: Promise<Renewal> | null = null

  const set = (state: AuthState<TUser>): void => {
    store.set(state)
    storage.write(state)
  }
  storage.onChange((state) => {
    store.set(state)
    tellClient()
  })

  const ask = async (refreshToken: string): Promise<Renewal> => {
    if (!refresh) return { status: 'refused' }
    const client = createClient({ ...forgeServer(), ...(loopUrl && { url: loopUrl }) })
    try {
      const pair = toPair(await refresh(client, refreshToken))
      // Somebody has signed in or out meanwhile: these tokens are nobody's any more.
      if (store.getSnapshot().refreshToken === refreshToken) auth.updateTokens(...pair)
      return { status: 'renewed' }
    } catch (error) {
      if (!isRefusal(error)) return { status: 'failed', error }
      if (store.getSnapshot().refreshToken === refreshToken) auth.clearAuth()
      return { status: 'refused' }
    } finally {
      client.close()
    }
  }
  const renew = async (): Promise<Renewal> => {
    const { refreshToken } = store.getSnapshot()
    const kept = storage.read()
    // Another tab was first. The token it used is spent: to send it once more would end the session.
    if (kept && kept.refreshToken !== refreshToken) {
      store.set(kept)
      return { status: kept.token === null ? 'refused' : 'renewed' }
    }
    return refreshToken ? ask(refreshToken) : { status: 'refused' }
  }
  const renewOnce = (): Promise<Renewal> => {
    renewing ??= alone(renew).finally(() => {
      renewing = null
    })
    return renewing
  }

  const auth: Auth<TUser> = {
    get token() {
      return shown.current.token
    },
    get refreshToken() {
      return shown.current.refreshToken
    },
    get user() {
      return shown.current.user
    },
    get isAuthenticated() {
      return shown.current.token !== null
    },
    setAuth(token, refreshToken, user) {
      set({ token, refreshToken, user })
      tellClient()
    },
    updateTokens(token, refreshToken) {
      set({ ...store.getSnapshot(), token, refreshToken })
      // A stream that goes on needs no other session for the same user.
      tellClient('closed')
    },
    updateUser(user) {
      set({ ...store.getSnapshot(), user })
    },
    clearAuth() {
      set(signedOut)
      tellClient()
    },
    startRefreshLoop(url, intervalMs = fortyMinutes) {
      auth.stopRefreshLoop()
      loopUrl = url
      loop = setInterval(() => {
        if (store.getSnapshot().token !== null) void renewOnce()
      }, intervalMs)
    },
    stopRefreshLoop() {
      clearInterval(loop)
    },
    async tryRefresh() {
      return (await renewOnce()).status === 'renewed'
    },
    async handleAuthError() {
      if (store.getSnapshot().token === null) return
      const renewal = await renewOnce()
      if (renewal.status === 'failed') throw renewal.error
      if (renewal.status === 'refused' && store.getSnapshot().token !== null) auth.clearAuth()
    },
  }
  return auth
}

/** Has the page's client ask for the token again; only one in this status, when that is given. */
function tellClient(status?: string): void {
  try {
    const client = useClient()
    if (status && client.connection.getSnapshot().status !== status) return
    client.tokenChanged().catch(() => undefined)
  } catch {
    // There is no client yet: it will ask when there is.
  }
}

/** One tab at a time, where browsers can say so. */
async function alone(work: () => Promise<Renewal>): Promise<Renewal> {
  const locks = typeof navigator === 'undefined' ? undefined : navigator.locks
  return locks ? await locks.request('forge_auth', work) : work()
}

function isRefusal(error: unknown): boolean {
  return error instanceof RpcError && (error.status === 401 || error.status === 403)
}

function toPair(pair: TokenPair): [token: string, refreshToken: string] {
  const tokens: [unknown, unknown] =
    'access_token' in pair
      ? [pair.access_token, pair.refresh_token]
      : [pair.accessToken, pair.refreshToken]
  if (isTokens(tokens)) return tokens
  throw new TypeError('A refresh must give access_token and refresh_token, both text')
}

function isTokens(tokens: [unknown, unknown]): tokens is [string, string] {
  return tokens.every((token) => typeof token === 'string' && token !== '')
}
