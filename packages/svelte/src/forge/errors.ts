import { type HeadwayError, RpcError } from '@headway/core'

/**
 * What a call failed with: `code`, `message`, `status`, `details`, `retryAfterMs`. It is the class of every other
 * call, under the name that Forge's client has for it.
 */
export type ForgeError = RpcError

/** Anything that was thrown, with a code: `UNKNOWN` where it has none. */
export function toForgeError(error: unknown): ForgeError {
  if (error instanceof RpcError) return error
  const message = error instanceof Error ? error.message : String(error)
  return new RpcError(message, { code: 'UNKNOWN' }, { cause: error })
}

const known = new WeakMap<HeadwayError, ForgeError>()

/** The same of what a view shows: the same object for the same error. */
export function shownError(error: HeadwayError | null): ForgeError | null {
  if (error === null) return null
  const shown = known.get(error) ?? toForgeError(error)
  known.set(error, shown)
  return shown
}

/** Whether the server would not take a token, as against not being asked. */
export function isRefusedToken(error: unknown): boolean {
  return error instanceof RpcError && (error.status === 401 || error.status === 403)
}
