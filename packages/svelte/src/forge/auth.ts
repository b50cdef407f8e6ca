import { type Client, createClient, createStore } from '@headway/core'
import { isServer } from '@headway/core/adapter'
import { toReadable, useClient } from '@headway/svelte'
import { type AuthState, createAuthStorage, signedOut } from './auth-storage.ts'
import { isRefusedToken } from './errors.ts'
import { forgeServer } from './forge-client.ts'
import { type TokenPair, toPair } from './token-pair.ts'

/** A user as pages of Forge know one. */
export interface AuthUser {
  id: string
  email: string
  name?: string
}

/** Who is signed in. Members are followed wherever they are read. */
export interface Auth<TUser = AuthUser> {
  readonly token: string | null
  readonly refreshToken: string | null
  readonly user: TUser | null
  readonly isAuthenticated: boolean
  /** Signs in: the client moves to the new user at once. Throws on a server, where it would sign in all users. */
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
    if (isServer() && state !== signedOut) {
      throw new Error('Signing in is for the browser: on a server it would mix users')
    }
    store.set(state)
    storage.write(state)
  }
  /** What another tab has kept. */
  const adopt = (state: AuthState<TUser>): void => {
    const before = store.getSnapshot()
    store.set(state)
    const isSameUser = JSON.stringify(before.user) === JSON.stringify(state.user)
    const isRenewal = isSameUser && before.token !== null && state.token !== null
    tellClient(isRenewal)
  }
  storage.onChange(adopt)

  /** What has become of `refreshToken` otherwise; `null` while it is the newest one. */
  const renewedElsewhere = (refreshToken: string | null): Renewal | null => {
    const kept = storage.read()
    if (!kept || kept.refreshToken === refreshToken) return null
    adopt(kept)
    return { status: kept.token === null ? 'refused' : 'renewed' }
  }
  const ask = async (refreshToken: string): Promise<Renewal> => {
    if (!refresh) return { status: 'refused' }
    const isNewest = (): boolean => store.getSnapshot().refreshToken === refreshToken
    let client: Client | undefined
    try {
      client = createClient({ ...forgeServer(), ...(loopUrl && { url: loopUrl }) })
      const pair = toPair(await refresh(client, refreshToken))
      // Somebody has signed in or out meanwhile: these tokens are nobody's any more.
      const elsewhere = renewedElsewhere(refreshToken)
      if (!elsewhere && isNewest()) auth.updateTokens(...pair)
      return elsewhere ?? { status: 'renewed' }
    } catch (error) {
      if (!isRefusedToken(error)) return { status: 'failed', error }
      // Without locks, because another tab has sent it, too, and was first.
      const elsewhere = renewedElsewhere(refreshToken)
      if (!elsewhere && isNewest()) auth.clearAuth()
      return elsewhere ?? { status: 'refused' }
    } finally {
      client?.close()
    }
  }
  const renew = async (): Promise<Renewal> => {
    const { refreshToken } = store.getSnapshot()
    // Another tab was first. The token it used is spent: to send it once more would end the session.
    const elsewhere = renewedElsewhere(refreshToken)
    if (elsewhere) return elsewhere
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
      tellClient(true)
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
      if (isServer()) return
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

/**
 * Has the page's client ask for the token again.
 *
 * @param isRenewal of the same user: a stream that goes on needs no other session for it
 */
function tellClient(isRenewal = false): void {
  try {
    const client = useClient()
    if (isRenewal && client.connection.getSnapshot().status !== 'closed') return
    client.tokenChanged().catch(() => undefined)
  } catch {
    // There is no client yet: it will ask when there is.
  }
}

/** One tab at a time, where browsers can say so, and do for this page. */
async function alone(work: () => Promise<Renewal>): Promise<Renewal> {
  const locks = typeof navigator === 'undefined' ? undefined : navigator.locks
  return locks ? await locks.request('forge_auth', work).catch(work) : work()
}
