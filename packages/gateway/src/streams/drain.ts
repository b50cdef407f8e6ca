import { setTimeout as wait } from 'node:timers/promises'
import { encodeEvent } from '@headway/core/protocol'
import type { Sessions } from './sessions.ts'

/** The end of a gateway: clients are disconnected gradually. */
export interface Drain {
  /** The wait for new clients, in seconds; `null` while the gateway does not drain. */
  retryAfterSecs(): number | null
  /**
   * Ends all streams, spread evenly over `overMs`, so that clients do not reconnect all at once.
   * Resolves when all have ended. A second call returns the same promise.
   */
  run(overMs: number): Promise<void>
}

/** A gateway that does not drain yet. */
export function createDrain(sessions: Sessions, now: () => number = Date.now): Drain {
  let endsAt: number | null = null
  let running: Promise<void> | undefined

  const sendAway = async (overMs: number): Promise<void> => {
    const startedAt = now()
    endsAt = startedAt + overMs
    const leaving = [...sessions.all()]
    for (const [index, session] of leaving.entries()) {
      const dueMs = startedAt + (overMs * index) / leaving.length - now()
      if (dueMs >= 1) await wait(dueMs)
      session.outbox.sendNow(goodbye)
      session.end()
    }
  }
  return {
    retryAfterSecs: () =>
      endsAt === null ? null : Math.max(1, Math.ceil((endsAt - now()) / 1_000)),
    run(overMs) {
      running ??= sendAway(overMs)
      return running
    },
  }
}

const goodbye = encodeEvent({
  type: 'error',
  target: 'session',
  code: 'SERVER_DRAINING',
  message: 'The server is about to stop: open a new stream',
})
