import type { JwtOptions } from './jwt-options.ts'
import type { Authenticate } from './principal.ts'

/** An option for both `jwt` and `authenticate`. */
interface TokenInUrl {
  /**
   * Streams may carry a token in the URL, `/_api/events?token=…`, as Forge's released client does.
   * Proxies and servers on the way log URLs with their tokens: set this only while such pages are
   * still open. Default `false`: such a stream is refused with `TOKEN_IN_URL`.
   */
  tokenInUrl?: boolean
}

/** Tokens that the gateway checks, or a function of your own. */
export type AuthOptions = ({ jwt: JwtOptions } | { authenticate: Authenticate }) & TokenInUrl
