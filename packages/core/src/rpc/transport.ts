import { RpcError } from '../errors.ts'
import type { ResolvedOptions } from '../options.ts'
import { textOf } from '../text-of.ts'
import type { Capabilities } from './capabilities.ts'
import { connectionLimitHint } from './connection-limit.ts'
import type { Token } from './token.ts'

/** The way to the server: the options, the token, and what is known of the server. */
export interface Transport {
  options: ResolvedOptions
  token: Token
  /** What the server can do, as far as it has said so. */
  capabilities: Capabilities
  /** Whether the client is closed: then nothing is tried again. */
  isClosed(): boolean
  /** How to end what is under way when the client is closed. */
  pending: Set<(reason: RpcError) => void>
}

const reasons = {
  NETWORK: 'No answer from',
  TIMEOUT: 'No answer in time from',
  TOKEN: 'The token() option failed, nothing was sent to',
  CLOSED: 'The client was closed before there was an answer',
}

/** Why there is no answer of the server's, in a form that callers can tell apart. */
export function noAnswer(code: keyof typeof reasons, url: string, cause?: unknown): RpcError {
  const hint = code === 'TIMEOUT' ? connectionLimitHint(url) : ''
  const why = cause === undefined ? hint : `: ${textOf(cause)}`
  return new RpcError(`${reasons[code]}${url && ` ${url}`}${why}`, { code }, { cause })
}
