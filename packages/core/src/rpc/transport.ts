import { RpcError } from '../errors.ts'
import type { ResolvedOptions } from '../options.ts'
import { textOf } from '../text-of.ts'
import type { Capabilities } from './capabilities.ts'
import { connectionLimitHint } from './connection-limit.ts'
import type { Token } from './token.ts'

/** The parts that every request to the server needs. */
export interface Transport {
  options: ResolvedOptions
  token: Token
  capabilities: Capabilities
  /** True after `close()`: then nothing is retried. */
  isClosed(): boolean
  /**
   * Functions that end the requests and pauses under way. The client calls them when it is closed.
   */
  pending: Set<(reason: RpcError) => void>
}

const reasons = {
  NETWORK: 'No answer from',
  TIMEOUT: 'No answer in time from',
  TOKEN: 'The token() option failed, so nothing was sent to',
  CLOSED: 'The client was closed before the answer came',
}

/** The error when there is no answer of the server. Its code tells callers the reason. */
export function noAnswer(code: keyof typeof reasons, url: string, cause?: unknown): RpcError {
  const hint = code === 'TIMEOUT' ? connectionLimitHint(url) : ''
  const detail = cause === undefined ? hint : `: ${textOf(cause)}`
  return new RpcError(`${reasons[code]}${url && ` ${url}`}${detail}`, { code }, { cause })
}
