import { Subscription, timer } from 'rxjs'
import { decodeEvent } from '../protocol/decode.ts'
import type { ErrorEvent, GapEvent } from '../protocol/server-event.ts'
import type { Api } from '../rpc/authorized-fetch.ts'
import { createStore, type Store } from '../store/store.ts'
import {
  type ConnectionCommand,
  type ConnectionEvent,
  type ConnectionState,
  idleConnection,
  reduceConnection,
} from './connection-state.ts'
import { fromEventStream, type OpenStream } from './event-stream.ts'
import { ConnectTimeout, SessionLost, StreamEnded, toFailure } from './failure.ts'
import { type Session, toSession } from './session.ts'
import { failOnSilence } from './silence.ts'
import { fromWake } from './wake.ts'

/** The one connection of a client. */
export interface Connection {
  readonly state: Store<ConnectionState>
  /** The live session, `null` while there is none. */
  readonly session: Store<Session | null>
  /** What this server was ever seen to offer. */
  readonly capabilities: ReadonlySet<string>
  /** Tells the state machine what happened. */
  dispatch(event: ConnectionEvent): void
  /** Gives the session up, because of `error`: a new one follows after a backoff. */
  fail(error: unknown): void
  /** Tells which token the application has given last: a session of another one is given up. */
  useToken(token: string | null): void
}

/** What hears the stream. */
export interface ConnectionListener {
  /** The text of an `update`, not parsed yet. */
  onUpdate(data: string): void
  /** Trouble with one target. */
  onTrouble(event: ErrorEvent | GapEvent): void
}

/**
 * Runs {@link reduceConnection}: each command becomes an effect, each effect ends the one before.
 *
 * @param stream opens one stream of events
 */
export function createConnection(
  api: Api,
  listener: ConnectionListener,
  stream: OpenStream = fromEventStream,
): Connection {
  const { options } = api
  const { scheduler } = options
  const state = createStore<ConnectionState>(idleConnection)
  const session = createStore<Session | null>(null)
  const capabilities = new Set<string>()
  const events: ConnectionEvent[] = []
  let effect = Subscription.EMPTY
  /** What the stream was opened with; `undefined` until its request is sent. */
  let usedToken: string | null | undefined

  const dispatch = (event: ConnectionEvent): void => {
    // What an effect or a listener says while an event is worked on waits for its turn.
    if (events.push(event) > 1) return
    for (let next = events[0]; next; next = events[0]) {
      const step = reduceConnection(state.getSnapshot(), next)
      if (step.command) {
        effect.unsubscribe()
        session.set(null)
      }
      state.set(step.state)
      if (step.command) effect = run(step.command)
      events.shift()
    }
  }
  const fail = (error: unknown): void =>
    dispatch(toFailure(error, scheduler.now(), options.random()))

  const useSent = (token: string | null | undefined): void => {
    usedToken = token
  }
  const open = (): Subscription => {
    const opened = new Subscription()
    let pingMs = options.pingMs
    let heardAt = scheduler.now()
    usedToken = undefined
    const deadline = timer(options.connectTimeoutMs, scheduler).subscribe(() =>
      fail(new ConnectTimeout(`Not connected after ${options.connectTimeoutMs} ms`)),
    )
    const react = (name: string, data: string): void => {
      if (opened.closed) return
      if (name === 'update') {
        if (session.getSnapshot()) listener.onUpdate(data)
        return
      }
      const event = decodeEvent({ event: name, data })
      if (event === null || event instanceof Error) return
      switch (event.type) {
        case 'connected':
          deadline.unsubscribe()
          if (event.ping_secs) pingMs = event.ping_secs * 1_000
          dispatch({ type: 'connected', at: scheduler.now() })
          for (const word of event.capabilities ?? []) capabilities.add(word)
          // Who heard of it may have closed it at once.
          if (!opened.closed) session.set(toSession(event))
          break
        case 'error':
        case 'gap':
          if (event.target !== 'session') listener.onTrouble(event)
          else if (event.type === 'error') fail(new SessionLost(event.message))
      }
    }
    opened.add(deadline)
    opened.add(awake(() => scheduler.now() - heardAt > pingMs))
    opened.add(
      stream(api, useSent, react)
        .pipe(failOnSilence(() => pingMs + options.pingGraceMs, scheduler))
        .subscribe({
          next: () => {
            heardAt = scheduler.now()
          },
          error: fail,
          complete: () => fail(new StreamEnded('The server ended the stream')),
        }),
    )
    return opened
  }
  const wait = (delayMs: number): Subscription => {
    const waiting = timer(delayMs, scheduler).subscribe(() => dispatch({ type: 'retried' }))
    waiting.add(awake(() => false))
    return waiting
  }
  const awake = (isOld: () => boolean): Subscription =>
    fromWake(globalThis.window, scheduler).subscribe(() => {
      const chance = options.random()
      dispatch({ type: 'woken', at: scheduler.now(), chance, isOld: isOld() })
    })
  const run = (command: ConnectionCommand): Subscription => {
    if (command.type === 'open') return open()
    return command.type === 'wait' ? wait(command.delayMs) : Subscription.EMPTY
  }

  return {
    state,
    session,
    capabilities,
    dispatch,
    fail,
    useToken(token) {
      if (usedToken !== undefined && token !== usedToken) dispatch({ type: 'tokenChanged' })
    },
  }
}
