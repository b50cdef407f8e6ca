import type { Reply } from '../messages/reply.ts'
import type { HttpContext } from './context.ts'
import type { Match } from './match-route.ts'

/** A request that was answered. */
export interface AnsweredRequest {
  method: string
  /** Without its query, where tickets and tokens are. */
  path: string
  match: Match
  reply: Reply
  ms: number
}

/** Counts it, and logs it at `info`, under the id that its answer bears. */
export function noteRequest({ metrics, options }: HttpContext, answered: AnsweredRequest): void {
  const { method, path, match, reply, ms } = answered
  const status = reply.type === 'stream' ? 200 : reply.status
  const route = match.type === 'found' ? match.name : 'none'
  metrics.observe({ route, status, seconds: ms / 1_000 })
  const { logger } = options
  if (!logger.isLevelEnabled('info')) return
  const requestId = reply.headers['X-Request-Id']
  logger.info(
    { method, path, status, ms: Math.round(ms), ...(requestId && { requestId }) },
    'answered',
  )
}
