import {
  asyncScheduler,
  BehaviorSubject,
  catchError,
  EMPTY,
  filter,
  finalize,
  ignoreElements,
  map,
  type Observable,
  of,
  Subject,
  switchMap,
  tap,
  throwIfEmpty,
  timeout,
  timer,
} from 'rxjs'
import type { ResolvedOptions } from '../options.ts'
import { decodeEvent } from '../protocol/decode.ts'
import type { ErrorEvent, ServerEvent, UpdateEvent } from '../protocol/server-event.ts'
import { createStore, type Store } from '../store/store.ts'
import {
  type ConnectionCommand,
  type ConnectionEvent,
  type ConnectionState,
  idleConnection,
  reduceConnection,
} from './connection-state.ts'
import { fromEventStream, type StreamSignal } from './event-stream.ts'
import { SessionLost, StreamEnded, toFailure } from './failure.ts'
import { type Session, toSession } from './session.ts'
import { failOnSilence } from './silence.ts'

/** The one connection of a client. */
export interface Connection {
  readonly state: Store<ConnectionState>
  /** The live session, `null` while there is none. Never completes, never errors. */
  readonly session$: Observable<Session | null>
  /** Tells the state machine what happened. */
  dispatch(event: ConnectionEvent): void
  /** Gives the session up, because of `error`: a new one follows after a backoff. */
  fail(error: unknown): void
}

/**
 * Runs {@link reduceConnection}: each command becomes an effect, each effect ends the one before.
 *
 * @param onEvent called with every event that belongs to a target
 * @param stream opens one stream of events
 */
export function createConnection(
  options: ResolvedOptions,
  onEvent: (event: UpdateEvent | ErrorEvent) => void,
  stream: typeof fromEventStream = fromEventStream,
): Connection {
  const state = createStore<ConnectionState>(idleConnection)
  const session$ = new BehaviorSubject<Session | null>(null)
  const commands$ = new Subject<ConnectionCommand>()

  const dispatch = (event: ConnectionEvent): void => {
    const step = reduceConnection(state.getSnapshot(), event)
    if (step.command) commands$.next(step.command)
    state.set(step.state)
  }
  const failed = (error: unknown): ConnectionEvent => ({
    type: 'failed',
    ...toFailure(error),
    at: asyncScheduler.now(),
    chance: options.random(),
  })

  const open = (): Observable<ConnectionEvent> =>
    stream(`${options.url}/_api/events?client=headway.1`, options).pipe(
      map(decodeSignal),
      failOnSilence(options.silenceMs, (ms, signal) => silenceAfter(signal, ms, options)),
      filter((signal) => signal !== 'bytes'),
      timeout({ first: options.connectTimeoutMs }),
      tap(react),
      ignoreElements(),
      throwIfEmpty(() => new StreamEnded('The server ended the stream')),
      catchError((error: unknown) => of(failed(error))),
      finalize(() => session$.next(null)),
    )

  const react = (event: ServerEvent): void => {
    if (event.type === 'connected') {
      dispatch({ type: 'connected' })
      session$.next(toSession(event))
    } else if (event.type === 'error' && event.target === 'session') {
      throw new SessionLost(event.message)
    } else {
      onEvent(event)
    }
  }

  const run = (command: ConnectionCommand): Observable<ConnectionEvent> => {
    switch (command.type) {
      case 'open':
        return open()
      case 'wait':
        return timer(command.delayMs).pipe(map(() => ({ type: 'retried' })))
      case 'stop':
        return EMPTY
    }
  }

  commands$.pipe(switchMap(run)).subscribe(dispatch)
  return { state, session$, dispatch, fail: (error) => dispatch(failed(error)) }
}

/** A server's event, or that bytes came which are none: a ping, or what this version does not know. */
function decodeSignal(signal: StreamSignal): ServerEvent | 'bytes' {
  if (signal.type === 'bytes') return 'bytes'
  const event = decodeEvent(signal.frame)
  return event === null || event instanceof Error ? 'bytes' : event
}

/** How long the stream may be silent from now on: as long as its server says, once it has said. */
function silenceAfter(
  signal: ServerEvent | 'bytes',
  ms: number,
  options: Pick<ResolvedOptions, 'pingGraceMs'>,
): number {
  if (signal === 'bytes' || signal.type !== 'connected' || !signal.ping_secs) return ms
  return signal.ping_secs * 1_000 + options.pingGraceMs
}
