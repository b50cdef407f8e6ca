import { randomBytes } from 'node:crypto'
import { Socket } from 'node:net'
import pg from 'pg'
import { Observable, retry, type Subscription, tap, throwError, timer } from 'rxjs'
import { ConfigurationError } from '../errors.ts'
import { within } from '../within.ts'
import { sqlStateOf } from './failures.ts'
import { createHello, DeafListener, freeNotes } from './hello.ts'
import { connectionTimeoutMillis, type Database, sessionSettings } from './pools.ts'

/** An event of a listener: it listens (again), or has received a notification. */
export type ListenEvent =
  | { type: 'listening' }
  | { type: 'notification'; channel: string; payload: string }

/** The checks of a connection. */
export interface Watchdog {
  /** The interval of checks, in milliseconds. */
  everyMs: number
  /** The maximum time for an answer, in milliseconds. */
  answerMs: number
  /** Nobody waits for notifications at this moment: a check every `quietMs` is enough. */
  isQuiet?: () => boolean
  /** Default 15,000. */
  quietMs?: number
}

/** The database to listen to, and the pool that notifies: both must be the same database. */
export interface ListenSource {
  /** A connection string: of PostgreSQL itself, or of a pooler that keeps sessions. */
  database: string
  /**
   * The connections whose notifications must arrive: the listener sends itself one through them.
   */
  pool: Database
  /** Makes the statements that a connection begins with; called for each connection. */
  session?: () => readonly string[]
  /** A statement in the transaction that begins to listen: its notifications arrive first. */
  greeting?: string
}

/** The callbacks of a listener. */
export interface Listener {
  /** It listens, for the first time or again: earlier notifications may have been missed. */
  listening(): void
  notification(channel: string, payload: string): void
  /** It no longer listens, because of this error. It tries again on its own. */
  lost(error: unknown): void
}

/** The watchdog of a listener that names none, or only a part of one. */
const defaults = {
  everyMs: 5_000,
  answerMs: 5_000,
  isQuiet: () => false,
  quietMs: 15_000,
} satisfies Watchdog

/** PostgreSQL would end a session that only receives. Versions before 14 have no such setting. */
const neverIdle = `
  select set_config(name, '0', false) from pg_settings where name = 'idle_session_timeout'`

/**
 * Listens until it is unsubscribed. Resolves once it does, and has proved it.
 *
 * @throws ConfigurationError when notifications do not arrive, as behind a pooler in transaction
 * mode
 */
export function startListening(
  source: ListenSource,
  channels: readonly string[],
  listener: Listener,
  watchdog?: Partial<Watchdog>,
): Promise<Subscription> {
  return new Promise((resolve, reject) => {
    const subscription: Subscription = listen(
      source,
      channels,
      (error) => listener.lost(error),
      watchdog,
    ).subscribe({
      next(event) {
        if (event.type === 'notification')
          return listener.notification(event.channel, event.payload)
        listener.listening()
        resolve(subscription)
      },
      error: reject,
    })
  })
}

/**
 * The notifications of some channels, from a connection of its own. After a loss it listens again,
 * after 100 ms and then up to 5 s. Notifications in between are lost, so read everything again at
 * `listening`. Each time, and then every few seconds, it sends itself a notification through the
 * connections that notify. If that does not arrive, the connection counts as lost: a half-open
 * connection, or a pooler in between, is silent for ever. While the watchdog is quiet, this takes
 * longer; the usual interval counts from the moment that it is not quiet any more. Never completes;
 * errors only when it could not listen the first time. Unsubscribing ends the connection.
 *
 * @param channels plain identifiers
 * @param onLost called with each error that ended a connection
 */
export function listen(
  source: ListenSource,
  channels: readonly string[],
  onLost: (error: unknown) => void,
  watchdog?: Partial<Watchdog>,
): Observable<ListenEvent> {
  let hasListened = false
  return fromChannels(source, channels, { ...defaults, ...watchdog }).pipe(
    tap(({ type }) => {
      if (type === 'listening') hasListened = true
    }),
    retry({
      delay: (error, attempt) => {
        if (!hasListened) return throwError(() => toStartFailure(error))
        onLost(error)
        return timer(Math.min(5_000, 100 * 2 ** (attempt - 1)))
      },
      resetOnSuccess: true,
    }),
  )
}

function fromChannels(
  { database, pool, session, greeting }: ListenSource,
  channels: readonly string[],
  { everyMs, answerMs, isQuiet, quietMs }: Required<Watchdog>,
): Observable<ListenEvent> {
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
    // A channel of its own: on a common one, each listener would receive the notes of all others.
    const helloChannel = `headway_hello_${randomBytes(8).toString('hex')}`
    const hello = createHello(pool, helloChannel, answerMs)
    let watchdog: NodeJS.Timeout | undefined
    let sinceCheckMs = 0
    let isOver = false
    client.on('error', (error) => subscriber.error(error))
    client.on('end', () => subscriber.error(new Error(`The listener on ${channels} was ended`)))
    client.on('notification', ({ channel, payload = '' }) => {
      if (channel === helloChannel) hello.received(payload)
      else subscriber.next({ type: 'notification', channel, payload })
    })
    const begin = async (): Promise<void> => {
      await client.connect()
      await client.query(`${sessionSettings}; ${neverIdle}`)
      const names = [...channels, helloChannel]
      const listens = names.map((name) => `listen ${client.escapeIdentifier(name)}`)
      // [PostgreSQL docs, 53.2.2.1] Statements in one Query message are one transaction.
      const statements = [...(session?.() ?? []), ...listens, ...(greeting ? [greeting] : [])]
      await client.query(statements.join('; '))
      await hello.prove()
      watchSoon()
      subscriber.next({ type: 'listening' })
    }
    const watch = async (): Promise<void> => {
      sinceCheckMs += everyMs
      if (isQuiet() && sinceCheckMs < quietMs) return watchSoon()
      sinceCheckMs = 0
      // A failed send does not mean that the listener is deaf: then the connection itself is asked.
      if (await hello.send()) await hello.arrival()
      else await within(answerMs, client.query(freeNotes), `The listener on ${channels}`)
      watchSoon()
    }
    const watchSoon = (): void => {
      if (!isOver) watchdog = setTimeout(() => void watch().catch(fail), everyMs)
    }
    const fail = (error: unknown): void => subscriber.error(error)
    void begin().catch(fail)
    return () => {
      isOver = true
      clearTimeout(watchdog)
      hello.close()
      // Events during its end are ignored.
      client.removeAllListeners('end')
      // A goodbye to a connection that is not there would wait for ever.
      void client.end().catch(() => undefined)
      setTimeout(() => socket.destroy(), 1_000).unref()
    }
  })
}

function toStartFailure(error: unknown): unknown {
  // The functions that a listener calls first are missing there: 3F000 is invalid_schema_name,
  // 42883 undefined_function.
  const isElsewhere = ['3F000', '42883'].includes(sqlStateOf(error) ?? '')
  if (!(error instanceof DeafListener || isElsewhere)) return error
  return new ConfigurationError(
    'Notifications of the database do not arrive: a pooler in transaction mode is in between, or ' +
      'listenDatabase is another database. Set listenDatabase to a connection string of the same ' +
      'database that bypasses the pooler',
    { cause: error },
  )
}
