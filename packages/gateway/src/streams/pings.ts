import { ping } from '@headway/core/protocol'
import { pingGroups, type Sessions } from './sessions.ts'

/**
 * Sends each stream a byte every `pingSecs`, one group after the other, with one timer.
 *
 * @returns stops it
 */
export function startPings(sessions: Sessions, pingSecs: number): () => void {
  let group = 0
  const pingGroup = (): void => {
    group = (group + 1) % pingGroups
    for (const session of sessions.all()) {
      if (session.pingGroup === group) session.outbox.ping(ping)
    }
  }
  const timer = setInterval(pingGroup, (pingSecs * 1_000) / pingGroups).unref()
  return () => clearInterval(timer)
}
