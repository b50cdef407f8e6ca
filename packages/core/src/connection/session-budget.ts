import type { Transport } from '../rpc/transport.ts'
import type { ConnectionNews } from './connection-model.ts'

/** Forge counts a session for up to this long after its stream has gone, in milliseconds. */
const keptMs = 300_000
/**
 * This many streams in that time open without an extra wait: half of Forge's limit for one user.
 */
const freeStreams = 5
/** The wait before each further stream, in milliseconds: at most 9 streams in that time. */
const pauseMs = 60_000

/** The sessions that a server may still count after their streams have gone. */
export interface SessionBudget {
  /** Counts a stream that was opened, or may have been. */
  spend(): void
  /** Returns a failure with a longer wait when the budget is used up, and other news unchanged. */
  limit(news: ConnectionNews): ConnectionNews
}

/**
 * Limits how many sessions a client uses. Forge 0.10 counts a session for minutes after its stream
 * has gone, and allows ten per user. On an unstable network, or behind a buffering proxy, one tab
 * would use up the sessions of all tabs.
 *
 * @see docs/connection.md, "Sessions of a Forge server"
 */
export function createSessionBudget({ options, capabilities }: Transport): SessionBudget {
  const { elapsed } = options
  let spentAt: number[] = []
  const recent = (): number[] => spentAt.filter((at) => elapsed() - at < keptMs)
  return {
    spend() {
      spentAt = [...recent(), elapsed()]
    },
    limit(news) {
      if (news.type !== 'failed' || capabilities.isForge() === false) return news
      if (recent().length < freeStreams) return news
      return { ...news, retryAfterMs: Math.max(news.retryAfterMs ?? 0, pauseMs) }
    },
  }
}
