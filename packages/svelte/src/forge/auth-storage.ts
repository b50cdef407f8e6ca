import { isServer } from '@headway/core/adapter'

/** Who is signed in. */
export interface AuthState<TUser> {
  token: string | null
  refreshToken: string | null
  user: TUser | null
}

/** Nobody is signed in. */
export const signedOut: AuthState<never> = { token: null, refreshToken: null, user: null }

/** Where it is kept, for all tabs of the page's origin. */
export interface AuthStorage<TUser> {
  /** What is kept; `null` where nothing can be, which says nothing of who is signed in. */
  read(): AuthState<TUser> | null
  write(state: AuthState<TUser>): void
  /** Calls `listener` when another tab has written, and when the page is back. */
  onChange(listener: (state: AuthState<TUser>) => void): void
}

/** The key that Forge's client uses: who is signed in stays signed in when an app changes over. */
const key = 'forge_auth'

/** `localStorage`, where there is one and it takes what it is given. */
export function createAuthStorage<TUser>(): AuthStorage<TUser> {
  const storage = pageStorage()
  /** It has taken what it was given last. */
  let isKept = storage !== null
  const read = (): AuthState<TUser> | null => {
    if (!storage || !isKept) return null
    try {
      return parseAuth<TUser>(storage.getItem(key))
    } catch {
      return null
    }
  }
  return {
    read,
    write(state) {
      if (!storage) return
      isKept = state.token !== null && keep(storage, JSON.stringify(state))
      // What it has is older, and may be another user's: the next page must not find that.
      if (!isKept) isKept = forget(storage) && state.token === null
    },
    onChange(listener) {
      if (isServer()) return
      const look = (): void => {
        const state = read()
        if (state) listener(state)
      }
      window.addEventListener('storage', (event) => {
        // `null`: all of it has been cleared.
        if (event.key === key || event.key === null) look()
      })
      // A page that comes back was told nothing while it was away.
      window.addEventListener('pageshow', (event) => {
        if (event.persisted) look()
      })
    },
  }
}

/** Whether it was taken: a storage can be full. */
function keep(storage: Storage, text: string): boolean {
  try {
    storage.setItem(key, text)
    return true
  } catch {
    return false
  }
}

/** Whether nothing is kept any more. */
function forget(storage: Storage): boolean {
  try {
    storage.removeItem(key)
    return true
  } catch {
    return false
  }
}

/** What was kept, or signed out where that cannot be read. */
function parseAuth<TUser>(text: string | null): AuthState<TUser> {
  try {
    const { token, refreshToken, user } = JSON.parse(text ?? '{}')
    if (typeof token !== 'string' || token === '') return signedOut
    return {
      token,
      refreshToken: typeof refreshToken === 'string' ? refreshToken : null,
      user: user ?? null,
    }
  } catch {
    return signedOut
  }
}

/** A page may be forbidden to have any. */
function pageStorage(): Storage | null {
  try {
    return isServer() ? null : window.localStorage
  } catch {
    return null
  }
}
