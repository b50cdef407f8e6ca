import { Socket } from 'node:net'
import pg from 'pg'
import { Observable, retry, timer } from 'rxjs'
import { connectionTimeoutMillis } from './pools.ts'

/** What a listener hears: that it listens (again), or a notification. */
export type Heard =
  | { type: 'listening' }
  | { type: 'notification'; channel: string; payload: string }

/** How a connection is watched. */
export interface Watchdog {
  /** How often it is asked whether it is there, in milliseconds. */
  everyMs: number
  /** How long it may take to say so, in milliseconds. */
  answerMs: number
}

/**
 * The notifications of some channels, from a connection of its own. It listens again by itself when that
 * is lost, after 100 ms and then up to 5 s; what was notified in between is gone, so whoever hears
 * `listening` reads everything again. A connection that is there no more, and does not say so, is found
 * out by asking. Never completes, never errors; unsubscribing ends the connection.
 *
 * @param channels plain identifiers
 * @param onLost called with each error that ended a connection
 * @param greeting a statement in the transaction that begins to listen: what it notifies is heard first
 */
export function listen(
  database: string,
  channels: readonly string[],
  onLost: (error: unknown) => void,
  { everyMs, answerMs }: Watchdog = { everyMs: 5_000, answerMs: 5_000 },
  greeting?: string,
): Observable<Heard> {
  return fromChannels(database, channels, everyMs, answerMs, greeting).pipe(
    retry({
      delay: (error, attempt) => {
        onLost(error)
        return timer(Math.min(5_000, 100 * 2 ** (attempt - 1)))
      },
      resetOnSuccess: true,
    }),
  )
}

function fromChannels(
  database: string,
  channels: readonly string[],
  everyMs: number,
  answerMs: number,
  greeting: string | undefined,
): Observable<Heard> {
  return new Observable((subscriber) => {
    const socket = new Socket()
    const client = new pg.Client({
      connectionString: database,
      application_name: `headway:${channels[0]}`,
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
      connectionTimeoutMillis,
      stream: () => socket,
    })
    client.on('error', (error) => subscriber.error(error))
    client.on('end', () => subscriber.error(new Error(`The listener on ${channels} was ended`)))
    client.on('notification', ({ channel, payload = '' }) => {
      subscriber.next({ type: 'notification', channel, payload })
    })
    const names = channels.map((channel) => `listen ${client.escapeIdentifier(channel)}`)
    // [PostgreSQL docs, 53.2.2.1] Statements in one Query message are one transaction.
    if (greeting) names.push(greeting)
    client
      .connect()
      .then(() => client.query(names.join('; ')))
      .then(() => {
        watchdog = setTimeout(ask, everyMs)
        subscriber.next({ type: 'listening' })
      })
      .catch((error: unknown) => subscriber.error(error))
    // A half-open connection, such as behind a NAT that forgot it, is silent for ever.
    let watchdog: NodeJS.Timeout | undefined
    const ask = (): void => {
      watchdog = setTimeout(() => {
        subscriber.error(new Error(`The listener on ${channels} got no answer for ${answerMs} ms`))
      }, answerMs)
      client
        .query('select 1')
        .then(() => {
          clearTimeout(watchdog)
          watchdog = setTimeout(ask, everyMs)
        })
        .catch((error: unknown) => subscriber.error(error))
    }
    return () => {
      clearTimeout(watchdog)
      // What else it has to say while it ends concerns nobody any more.
      client.removeAllListeners('end')
      // A goodbye to a connection that is not there would wait for ever.
      void client.end().catch(() => undefined)
      setTimeout(() => socket.destroy(), 1_000).unref()
    }
  })
}
