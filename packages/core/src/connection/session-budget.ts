/** How long a Forge counts a session whose stream has gone, when it has nothing to push on it, in milliseconds. */
const keptMs = 300_000
/** How many streams may be opened in that time without a pause: half of what one user may have there. */
const freeStreams = 5
/** The least wait before each one more, in milliseconds: with the free ones, 9 in that time. */
const pauseMs = 60_000

/** Which sessions a server may still count although their streams are gone. */
export interface SessionBudget {
  /** A stream was opened, or may have been. */
  spend(): void
  /** How long the next one has to wait at least, in milliseconds; `null` when it need not. */
  waitMs(): number | null
}

/**
 * Forge 0.10 counts a session for minutes after its stream has gone, and lets one user have ten: a network that comes
 * and goes, or a proxy that keeps the bytes back, would use up those of all the user's tabs.
 *
 * @param elapsed a clock for durations, in milliseconds
 * @see docs/connection.md, "Sessions of a Forge server"
 */
export function createSessionBudget(elapsed: () => number): SessionBudget {
  let spentAt: number[] = []
  return {
    spend() {
      spentAt = [...spentAt.filter((at) => elapsed() - at < keptMs), elapsed()]
    },
    waitMs: () =>
      spentAt.filter((at) => elapsed() - at < keptMs).length < freeStreams ? null : pauseMs,
  }
}
