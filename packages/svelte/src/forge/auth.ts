import { type Client, createClient, createStore } from '@headway/core'
import { isServer } from '@headway/core/adapter'
import { toReadable, useClient } from '@headway/svelte'
import { type AuthState, createAuthStorage, signedOut } from './auth-storage.ts'
import { isRefusedToken } from './errors.ts'
import { forgeServer } from './forge-client.ts'
import { type TokenPair, toPair } from './token-pair.ts'

/** The user in pages of a Forge project. */
export interface AuthUser {
  id: string
  email: string
  name?: string
}

/** The signed-in user and the tokens. Effects and templates track the members that they read. */
export interface Auth<TUser = AuthUser> {
  readonly token: string | null
  readonly refreshToken: string | null
  readonly user: TUser | null
  readonly isAuthenticated: boolean
  /**
   * Signs a user in and moves the client to that user. Throws on a server, where users share
   * memory.
   */
  setAuth(token: string, refreshToken: string, user: TUser): void
  /** Sets newer tokens of the same user. */
  updateTokens(token: string, refreshToken: string): void
  updateUser(user: TUser): void
  /** Signs out, in all tabs. */
  clearAuth(): void
  /**
   * Renews the tokens every `intervalMs` (default: 40 minutes) while a user is signed in.
   *
   * @param url the server's address, if it differs from that of the page's client
   */
  startRefreshLoop(url?: string, intervalMs?: number): void
  stopRefreshLoop(): void
  /**
   * Renews the tokens. Simultaneous calls share one request, across tabs. Resolves to `false` on
   * failure: the user is signed out if the server refused the refresh token (401, 403), and stays
   * signed in if the server did not answer.
   */
  tryRefresh(): Promise<boolean>
  /**
   * For `onAuthError`: renews the tokens, or signs out if the server refuses them. Rejects if the
   * server did not answer: a network error does not sign a user out.
   */
  handleAuthError(): Promise<void>
}

/** The outcome of a renewal. */
type Renewal = { status: 'renewed' | 'refused' } | { status: 'failed'; error: unknown }

const fortyMinutes = 40 * 60_000

/**
 * Creates the sign-in of a page. It is stored in `localStorage` under `forge_auth`.
 *
 * @param refresh requests new tokens with a client that sends none; without it a refused token
 * signs out
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
      throw new Error('Signing in works in browsers only, since on a server it would mix users')
    }
    store.set(state)
    storage.write(state)
  }
  /** Takes over the sign-in of another tab. */
  const adopt = (state: AuthState<TUser>): void => {
    const before = store.getSnapshot()
    store.set(state)
    const isSameUser = JSON.stringify(before.user) === JSON.stringify(state.user)
    const isRenewal = isSameUser && before.token !== null && state.token !== null
    tellClient(isRenewal)
  }
  storage.onChange(adopt)

  /** The outcome in another tab; `null` while `refreshToken` is the newest one. */
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
      // If the user signed in or out meanwhile, these tokens are not used.
      const elsewhere = renewedElsewhere(refreshToken)
      if (!elsewhere && isNewest()) auth.updateTokens(...pair)
      return elsewhere ?? { status: 'renewed' }
    } catch (error) {
      if (!isRefusedToken(error)) return { status: 'failed', error }
      // Without locks another tab may have sent the same token first.
      const elsewhere = renewedElsewhere(refreshToken)
      if (!elsewhere && isNewest()) auth.clearAuth()
      return elsewhere ?? { status: 'refused' }
    } finally {
      client?.close()
    }
  }
  const renew = async (): Promise<Renewal> => {
    const { refreshToken } = store.getSnapshot()
    // Another tab was first. A refresh token works once: sending it again would end the session.
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
 * Makes the page's client ask for the token again.
 *
 * @param isRenewal true for the same user: an open stream then keeps its session
 */
function tellClient(isRenewal = false): void {
  try {
    const client = useClient()
    if (isRenewal && client.connection.getSnapshot().status !== 'closed') return
    client.tokenChanged().catch(() => undefined)
  } catch {
    // There is no client yet. It will ask for the token itself.
  }
}

/** Runs `work` in one tab at a time, if the browser allows locks. */
async function alone(work: () => Promise<Renewal>): Promise<Renewal> {
  const locks = typeof navigator === 'undefined' ? undefined : navigator.locks
  return locks ? await locks.request('forge_auth', work).catch(work) : work()
}
