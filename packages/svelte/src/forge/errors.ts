import { type HeadwayError, RpcError } from '@headway/core'

/**
 * The error of a call, with `code`, `message`, `status`, `details` and `retryAfterMs`: `RpcError`
 * under the name of Forge's client.
 */
export type ForgeError = RpcError

/** Any thrown value as a `ForgeError`; its code is `UNKNOWN` if the value had none. */
export function toForgeError(error: unknown): ForgeError {
  if (error instanceof RpcError) return error
  const message = error instanceof Error ? error.message : String(error)
  return new RpcError(message, { code: 'UNKNOWN' }, { cause: error })
}

const known = new WeakMap<HeadwayError, ForgeError>()

/** The error of a view as a `ForgeError`: the same object for the same error. */
export function shownError(error: HeadwayError | null): ForgeError | null {
  if (error === null) return null
  const shown = known.get(error) ?? toForgeError(error)
  known.set(error, shown)
  return shown
}

/** True if the server refused the token; false for a network error. */
export function isRefusedToken(error: unknown): boolean {
  return error instanceof RpcError && (error.status === 401 || error.status === 403)
}
