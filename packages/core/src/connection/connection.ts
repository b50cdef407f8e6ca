import { Subscription } from 'rxjs'
import { decodeEvent } from '../protocol/decode.ts'
import type { ErrorEvent, GapEvent } from '../protocol/server-event.ts'
import { type Api, noAnswer } from '../rpc/authorized-fetch.ts'
import { isSamePrincipal } from '../rpc/principal.ts'
import { tokenTimeout } from '../rpc/request.ts'
import { createStore, type Store } from '../store/store.ts'
import { after } from '../time/after.ts'
import type {
  ConnectionCommand,
  ConnectionNews,
  ConnectionState,
  Moment,
} from './connection-model.ts'
import { idleConnection, reduceConnection } from './connection-state.ts'
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
  /** Tells the state machine what happened. */
  dispatch(news: ConnectionNews): void
  /** Gives the session up, because of `error`: a new one follows after a backoff. */
  fail(error: unknown): void
  /**
   * Takes in which token the application gave last: a session of another user is given up.
   *
   * @param isChanged the application said that it is another user: then any other token is
   */
  useToken(token: string | null, isChanged: boolean): void
}

/** What hears the stream. */
export interface ConnectionListener {
  /** The text of an `update`, not parsed yet. */
  onUpdate(data: string): void
  /** Trouble with one target. */
  onTrouble(event: ErrorEvent | GapEvent): void
}

/** The longest silence that a server can announce, in seconds. */
const maxPingSecs = 3_600

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
  const { scheduler, elapsed } = options
  const state = createStore<ConnectionState>(idleConnection)
  const session = createStore<Session | null>(null)
  const events: ConnectionNews[] = []
  let enteredAt = 0
  let effect = Subscription.EMPTY
  /** What the stream was opened with; `undefined` until its request is sent. */
  let usedToken: string | null | undefined

  const moment = (): Moment => ({
    at: scheduler.now(),
    elapsedMs: elapsed() - enteredAt,
    chance: options.random(),
  })
  const dispatch = (news: ConnectionNews): void => {
    // What an effect or a listener says while an event is worked on waits for its turn.
    if (events.push(news) > 1) return
    for (let next = events[0]; next; next = events[0]) {
      const before = state.getSnapshot()
      const step = reduceConnection(before, { ...next, ...moment() })
      if (step.command) {
        effect.unsubscribe()
        session.set(null)
      }
      if (step.state.status !== before.status || step.command) enteredAt = elapsed()
      state.set(step.state)
      if (step.command) effect = run(step.command)
      events.shift()
    }
  }
  const fail = (error: unknown): void => dispatch(toFailure(error))

  const open = (): Subscription => {
    const opened = new Subscription()
    let pingMs = options.pingMs
    let heardAt = elapsed()
    usedToken = undefined
    const useSent = (token: string | null | undefined): void => {
      if (!opened.closed) usedToken = token
    }
    const deadline = after(options.connectTimeoutMs, scheduler).subscribe(() => {
      const ms = options.connectTimeoutMs
      // Nothing was sent yet: the application still has to say who is asking.
      if (usedToken === undefined) fail(noAnswer('TOKEN', options.url, tokenTimeout(ms)))
      else fail(new ConnectTimeout(`Not connected after ${ms} ms`))
    })
    const onFrame = (name: string, data: string): void => {
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
          if (event.ping_secs && event.ping_secs > 0) {
            pingMs = Math.min(event.ping_secs, maxPingSecs) * 1_000
          }
          api.capabilities.learn(event.capabilities ?? [])
          dispatch({ type: 'connected' })
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
    opened.add(awake(() => elapsed() - heardAt > pingMs))
    opened.add(
      stream(api, useSent, onFrame)
        .pipe(failOnSilence(() => pingMs + options.pingGraceMs, scheduler, elapsed))
        .subscribe({
          next: () => {
            heardAt = elapsed()
          },
          error: fail,
          complete: () => fail(new StreamEnded('The server ended the stream')),
        }),
    )
    return opened
  }
  const wait = (delayMs: number): Subscription => {
    const waiting = after(delayMs, scheduler).subscribe(() => dispatch({ type: 'retried' }))
    waiting.add(awake(() => false))
    return waiting
  }
  const awake = (isOld: () => boolean): Subscription =>
    fromWake(globalThis.window, scheduler, elapsed).subscribe(() =>
      dispatch({ type: 'woken', isOld: isOld() }),
    )
  /** Without an address there is nothing to try: a mistake of the program, which a process does not end by. */
  const openSomewhere = (): Subscription => {
    try {
      void options.url
    } catch (error) {
      console.error(error)
      dispatch({ type: 'incompatible' })
      return Subscription.EMPTY
    }
    return open()
  }
  const run = (command: ConnectionCommand): Subscription => {
    if (command.type === 'open') return openSomewhere()
    return command.type === 'wait' ? wait(command.delayMs) : Subscription.EMPTY
  }

  return {
    state,
    session,
    dispatch,
    fail,
    useToken(token, isChanged) {
      const { status } = state.getSnapshot()
      const isTrying = status === 'open' || status === 'connecting'
      // Before its request is sent, a stream takes whatever token it is given.
      const isOther =
        usedToken === undefined
          ? isChanged
          : isChanged || !isTrying
            ? token !== usedToken
            : !isSamePrincipal(token, usedToken)
      if (isOther) dispatch({ type: 'tokenChanged' })
    },
  }
}
