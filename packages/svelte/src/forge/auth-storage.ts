import { isServer } from '@headway/core/adapter'

/** The signed-in user and the tokens; all `null` if no user is signed in. */
export interface AuthState<TUser> {
  token: string | null
  refreshToken: string | null
  user: TUser | null
}

/** No user is signed in. */
export const signedOut: AuthState<never> = { token: null, refreshToken: null, user: null }

/** The stored sign-in, shared by all tabs of the page's origin. */
export interface AuthStorage<TUser> {
  /** The stored sign-in; `null` if the storage does not work, which leaves the sign-in unknown. */
  read(): AuthState<TUser> | null
  write(state: AuthState<TUser>): void
  /**
   * Calls `listener` when another tab writes, and when the page returns from the back/forward
   * cache.
   */
  onChange(listener: (state: AuthState<TUser>) => void): void
}

/** The key of Forge's client, so that users stay signed in when an app changes over. */
const key = 'forge_auth'

/** `localStorage`, if the page has one and it accepts writes. */
export function createAuthStorage<TUser>(): AuthStorage<TUser> {
  const storage = pageStorage()
  /** True if the last write succeeded. */
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
      // The stored sign-in is older, and may be of another user: the next page must not find it.
      if (!isKept) isKept = forget(storage) && state.token === null
    },
    onChange(listener) {
      if (isServer()) return
      const look = (): void => {
        const state = read()
        if (state) listener(state)
      }
      window.addEventListener('storage', (event) => {
        // `null` means that the whole storage was cleared.
        if (event.key === key || event.key === null) look()
      })
      // A page in the back/forward cache receives no events.
      window.addEventListener('pageshow', (event) => {
        if (event.persisted) look()
      })
    },
  }
}

/** False if the storage refused it, for example because it is full. */
function keep(storage: Storage, text: string): boolean {
  try {
    storage.setItem(key, text)
    return true
  } catch {
    return false
  }
}

/** False if the storage refused the removal. */
function forget(storage: Storage): boolean {
  try {
    storage.removeItem(key)
    return true
  } catch {
    return false
  }
}

/** The stored sign-in; signed out if the text cannot be read. */
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

/** Reading `localStorage` throws where the browser forbids storage. */
function pageStorage(): Storage | null {
  try {
    return isServer() ? null : window.localStorage
  } catch {
    return null
  }
}
