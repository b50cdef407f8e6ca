import type { Logger } from 'pino'
import { topicsOf } from '../lists/runs-query.ts'
import { type ListenSource, startListening, type Watchdog } from '../postgres/listen.ts'
import { markChannel, notifiedChannel } from '../runs/notified.ts'
import { isUuid } from '../uuid.ts'

/** A subscription to the changes in the database. */
export interface ChangeSubscription {
  /** The connection listens. While it does not, changes are missed. */
  isListening(): boolean
  close(): void
}

/** The callbacks of a subscription. */
export interface ChangeListener {
  runChanged(id: string): void
  /** @param id the table's, as PostgreSQL has it, or the topic of a list of runs */
  tableChanged(id: string): void
  /** Something has changed below this run. */
  familyChanged(runId: string): void
  /** A raw notification about a job, sent by other programs. */
  notified(payload: string): void
  /** A mark: all gateways count the notes from here. */
  marked(payload: string): void
  /** Another gateway has left a request for this one. */
  left(): void
  /** It listens, for the first time or again: anything may have changed before. */
  listening(): void
  /** It does not listen any more: changes are missed, until `listening`. */
  lost(): void
}

/**
 * Hears of every change, on one LISTEN connection. Resolves once it listens.
 *
 * @param ownChannel the channel of requests that are left for this gateway
 */
export async function listenForChanges(
  source: ListenSource,
  logger: Logger,
  ownChannel: string,
  listener: ChangeListener,
  watchdog?: Partial<Watchdog>,
): Promise<ChangeSubscription> {
  let isListening = false
  const handlers = new Map<string, (payload: string) => unknown>([
    ['headway_run', listener.runChanged],
    ['headway_table', listener.tableChanged],
    ['headway_list', (owner) => topicsOf(owner).forEach(listener.tableChanged)],
    ['headway_family', (id) => isUuid(id) && listener.familyChanged(id)],
    [notifiedChannel, listener.notified],
    [markChannel, listener.marked],
    [ownChannel, listener.left],
  ])
  const subscription = await startListening(
    source,
    [...handlers.keys()],
    {
      notification(channel, payload) {
        try {
          handlers.get(channel)?.(payload)
        } catch (error) {
          // Any role that may connect may notify: bad notifications must not end the process.
          logger.error({ err: error, channel }, 'a notification could not be handled')
        }
      },
      listening() {
        isListening = true
        listener.listening()
      },
      lost(error) {
        isListening = false
        logger.warn({ err: error }, 'the listener for changes was lost; listening again')
        listener.lost()
      },
    },
    watchdog,
  )
  return { isListening: () => isListening, close: () => subscription.unsubscribe() }
}
