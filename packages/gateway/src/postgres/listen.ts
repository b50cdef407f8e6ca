import pg from 'pg'
import { Observable, retry, timer } from 'rxjs'
import { connectionTimeoutMillis } from './pools.ts'

/** What a listener hears: that it listens (again), or a notification. */
export type Heard = { type: 'listening' } | { type: 'notification'; payload: string }

/**
 * The notifications of a channel, from a connection of its own. It listens again by itself when that
 * is lost, after 100 ms and then up to 5 s; what was notified in between is gone, so whoever hears
 * `listening` reads everything again. Never completes, never errors; unsubscribing ends the connection.
 *
 * @param channel a plain identifier
 * @param onLost called with each error that ended a connection
 */
export function listen(
  database: string,
  channel: string,
  onLost: (error: unknown) => void,
): Observable<Heard> {
  return fromChannel(database, channel).pipe(
    retry({
      delay: (error, attempt) => {
        onLost(error)
        return timer(Math.min(5_000, 100 * 2 ** (attempt - 1)))
      },
      resetOnSuccess: true,
    }),
  )
}

function fromChannel(database: string, channel: string): Observable<Heard> {
  return new Observable((subscriber) => {
    const client = new pg.Client({
      connectionString: database,
      application_name: `headway:${channel}`,
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
      connectionTimeoutMillis,
    })
    client.on('error', (error) => subscriber.error(error))
    client.on('end', () => subscriber.error(new Error(`The listener on ${channel} was ended`)))
    client.on('notification', ({ payload = '' }) => {
      subscriber.next({ type: 'notification', payload })
    })
    client
      .connect()
      .then(() => client.query(`listen ${client.escapeIdentifier(channel)}`))
      .then(() => subscriber.next({ type: 'listening' }))
      .catch((error: unknown) => subscriber.error(error))
    return () => {
      // What else it has to say while it ends concerns nobody any more.
      client.removeAllListeners('end')
      void client.end().catch(() => undefined)
    }
  })
}
