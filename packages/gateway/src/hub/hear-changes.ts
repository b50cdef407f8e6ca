import type { Logger } from 'pino'
import { listen } from '../postgres/listen.ts'
import { notifiedChannel } from '../runs/notified.ts'
import type { Hub } from './hub.ts'

/** What the database tells a hub. */
export interface Hearing {
  /** Whether it listens now: without that nothing is heard of changes. */
  isListening(): boolean
  close(): void
}

/**
 * Tells a hub of every change, on one LISTEN connection. Resolves once it listens.
 *
 * @param onNotified told what anybody else says of a job, on the channel for that
 */
export async function hearChanges(
  database: string,
  hub: Hub,
  logger: Logger,
  onNotified: (payload: string) => void,
): Promise<Hearing> {
  let isListening = false
  const heard$ = listen(database, ['headway_run', notifiedChannel], (error) => {
    isListening = false
    logger.warn({ err: error }, 'the listener for changed runs was lost; listening again')
  })
  const subscription = await new Promise<{ unsubscribe(): void }>((resolve) => {
    const current = heard$.subscribe((heard) => {
      if (heard.type === 'notification') {
        if (heard.channel === notifiedChannel) return onNotified(heard.payload)
        return hub.changed([heard.payload])
      }
      isListening = true
      // Whatever was notified while nobody listened is in the rows.
      hub.allChanged()
      resolve(current)
    })
  })
  return { isListening: () => isListening, close: () => subscription.unsubscribe() }
}
