import type { Logger } from 'pino'
import { listen } from '../postgres/listen.ts'
import { makeMark, markChannel, notifiedChannel } from '../runs/notified.ts'

/** How the database is heard. */
export interface Hearing {
  /** Whether it listens now: without that nothing is heard of changes. */
  isListening(): boolean
  close(): void
}

/** Who is told. */
export interface ChangeListener {
  runChanged(id: string): void
  /** @param id the table's, as PostgreSQL has it */
  tableChanged(id: string): void
  /** What anybody else says of a job. */
  notified(payload: string): void
  /** Where all gateways begin to count what `notified` hears. */
  marked(payload: string): void
  /** From now on changes are missed, until `allChanged`. */
  lost(): void
  /** Anything may have changed: nobody listened for a while. */
  allChanged(): void
}

/** Hears of every change, on one LISTEN connection. Resolves once it listens. */
export async function hearChanges(
  database: string,
  logger: Logger,
  listener: ChangeListener,
): Promise<Hearing> {
  let isListening = false
  const tell = new Map([
    ['headway_run', listener.runChanged],
    ['headway_table', listener.tableChanged],
    [notifiedChannel, listener.notified],
    [markChannel, listener.marked],
  ])
  const lost = (error: unknown): void => {
    isListening = false
    listener.lost()
    logger.warn({ err: error }, 'the listener for changes was lost; listening again')
  }
  const heard$ = listen(database, [...tell.keys()], lost, undefined, makeMark)
  const subscription = await new Promise<{ unsubscribe(): void }>((resolve) => {
    const current = heard$.subscribe((heard) => {
      if (heard.type === 'notification') return tell.get(heard.channel)?.(heard.payload)
      isListening = true
      // Whatever was notified while nobody listened is in the rows.
      listener.allChanged()
      resolve(current)
    })
  })
  return { isListening: () => isListening, close: () => subscription.unsubscribe() }
}
