import { randomUUID } from 'node:crypto'
import { within } from '../within.ts'
import type { Database } from './pools.ts'

/** A listener did not receive its own note, although the note was sent. */
export class DeafListener extends Error {
  override readonly name = 'DeafListener'
}

/** The notifications by which a listener proves that it receives those of others. */
export interface Hello {
  /**
   * Sends one, and resolves when it has arrived. Rejects when it cannot be sent, or does not
   * arrive.
   */
  prove(): Promise<void>
  /**
   * Sends one. `false`: it could not be sent in half the time. That does not mean that the listener
   * is deaf.
   */
  send(): Promise<boolean>
  /**
   * Resolves when the note that was sent last has arrived. Rejects with a {@link DeafListener} when
   * it does not.
   */
  arrival(): Promise<void>
  /** The listener has received a notification on its channel. */
  received(payload: string): void
  /** Ends every timer. */
  close(): void
}

/**
 * [PostgreSQL docs, pg_notification_queue_usage] This call also frees notifications that every
 * session has read: a queue that was full once would stay full, since only a notification that fits
 * would free it.
 */
export const freeNotes = 'select pg_notification_queue_usage()'

/** Frees, and then notifies: a note is queued when its transaction commits. */
const freeAndNotify = `${freeNotes}, pg_notify($1, $2)`

/**
 * Notifications on one channel. They are sent on connections of `pool`, not on the listener's own:
 * PostgreSQL delivers a session's own notifications even when a pooler has lent that session to
 * another client.
 *
 * @param answerMs the maximum time of each part
 */
export function createHello(pool: Database, channel: string, answerMs: number): Hello {
  let token = ''
  let hasArrived = false
  let onArrival = (): void => undefined
  let isSending = false
  let timer: NodeJS.Timeout | undefined

  const notify = async (): Promise<void> => {
    isSending = true
    token = randomUUID()
    hasArrived = false
    try {
      await pool.query(freeAndNotify, [channel, token])
    } finally {
      isSending = false
    }
  }
  const arrival = (): Promise<void> =>
    new Promise((resolve, reject) => {
      if (hasArrived) return resolve()
      const text = `A notification on ${channel} did not arrive within ${answerMs} ms`
      timer = setTimeout(() => setImmediate(reject, new DeafListener(text)), answerMs)
      onArrival = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  return {
    async prove() {
      await within(answerMs, notify(), 'The database')
      await arrival()
    },
    async send() {
      // One note at a time waits for a connection.
      if (isSending) return false
      return within(answerMs / 2, notify(), 'The database').then(
        () => true,
        () => false,
      )
    },
    arrival,
    received(payload) {
      if (payload !== token) return
      hasArrived = true
      onArrival()
    },
    close: () => clearTimeout(timer),
  }
}
