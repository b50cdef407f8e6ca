import { setTimeout as wait } from 'node:timers/promises'
import { encodeEvent } from '@headway/core/protocol'
import type { Sessions } from './sessions.ts'

/** Whether a gateway is on its way out. */
export interface Drain {
  /** In how many seconds whoever comes now shall come back; `null` while everybody is welcome. */
  retryAfterSecs(): number | null
  /**
   * Sends everybody away, spread evenly over `overMs`, so that those who come back at once do not come
   * back together. Resolves when nobody is left. Draining twice is draining once.
   */
  run(overMs: number): Promise<void>
}

/** A gateway that nobody has asked to drain. */
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
