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
  /** Calls `listener` when another tab has written. */
  onChange(listener: (state: AuthState<TUser>) => void): void
}

/** The key that Forge's client uses: who is signed in stays signed in when an app changes over. */
const key = 'forge_auth'

/** `localStorage`, where there is one and it takes what it is given. */
export function createAuthStorage<TUser>(): AuthStorage<TUser> {
  let storage = pageStorage()
  return {
    read: () => storage && parseAuth<TUser>(storage.getItem(key)),
    write(state) {
      try {
        if (state.token === null) storage?.removeItem(key)
        else storage?.setItem(key, JSON.stringify(state))
      } catch {
        // It is full: from now on this tab alone knows.
        storage = null
      }
    },
    onChange(listener) {
      if (isServer()) return
      window.addEventListener('storage', (event) => {
        // `null`: all of it has been cleared.
        if (storage && (event.key === key || event.key === null)) {
          listener(parseAuth<TUser>(storage.getItem(key)))
        }
      })
    },
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
