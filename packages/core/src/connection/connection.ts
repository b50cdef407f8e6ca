import { Subscription } from 'rxjs'
import { decodeEvent } from '../protocol/decode.ts'
import type { BatchItem } from '../protocol/envelopes.ts'
import { isOtherUser } from '../rpc/principal.ts'
import type { Transport } from '../rpc/transport.ts'
import { createStore, type Store } from '../store/store.ts'
import { after } from '../time/after.ts'
import type { ConnectionListener } from './connection-listener.ts'
import type {
  ConnectionCommand,
  ConnectionNews,
  ConnectionState,
  Moment,
} from './connection-model.ts'
import { idleConnection, reduceConnection } from './connection-state.ts'
import { createEventQueue } from './event-queue.ts'
import { fromEventStream, type OpenStream, type StreamRequest } from './event-stream.ts'
import { failed, toFailure } from './failure.ts'
import { type Session, toSession } from './session.ts'
import { createSessionBudget } from './session-budget.ts'
import { failOnSilence } from './silence.ts'
import { watchTokenExpiry } from './token-expiry.ts'
import { fromWake } from './wake.ts'

/** The one connection of a client. */
export interface Connection {
  readonly state: Store<ConnectionState>
  /** The live session; `null` while there is none. */
  readonly session: Store<Session | null>
  /** Passes an event to the state machine. */
  dispatch(news: ConnectionNews): void
  /**
   * Receives the newest token of the application. If it belongs to another user, the connection
   * opens a new session.
   *
   * @param isChanged the application said that the user changed, so every other token is another
   *   user's
   */
  useToken(token: string | null, isChanged: boolean): void
}

/**
 * Every third attempt in a row carries no items: one of them may be the reason why no stream comes.
 */
function carriesItems(state: ConnectionState): boolean {
  return state.status !== 'connecting' || state.attempt % 3 !== 0
}

/** The longest ping interval that a server can announce, in seconds. */
const maxPingSecs = 3_600

/**
 * Runs {@link reduceConnection}: each command starts an effect and ends the previous one.
 *
 * @param stream opens one stream of events; a test passes its own
 */
export function createConnection(
  transport: Transport,
  listener: ConnectionListener,
  stream: OpenStream = fromEventStream,
): Connection {
  const { options } = transport
  const { scheduler, elapsed } = options
  const state = createStore<ConnectionState>(idleConnection)
  const session = createStore<Session | null>(null)
  const budget = createSessionBudget(transport)
  let enteredAt = 0
  let effect = Subscription.EMPTY
  /** The token that the stream was opened with; `undefined` until its request is sent. */
  let usedToken: string | null | undefined

  const moment = (): Moment => ({
    at: scheduler.now(),
    elapsedMs: elapsed() - enteredAt,
    chance: options.random(),
  })
  const dispatch = createEventQueue((news: ConnectionNews): void => {
    const before = state.getSnapshot()
    const { state: next, command } = reduceConnection(before, { ...news, ...moment() })
    if (command) {
      effect.unsubscribe()
      session.set(null)
    }
    if (next.status !== before.status || command) enteredAt = elapsed()
    state.set(next)
    if (command) effect = run(command)
  })

  const open = (): Subscription => {
    const opened = new Subscription()
    let pingMs = options.pingMs
    let heardAt = elapsed()
    let isAnswered = false
    let carried: readonly BatchItem[] | null = null
    usedToken = undefined
    const request: StreamRequest = {
      isCarrying: carriesItems(state.getSnapshot()),
      onSent(token) {
        if (!opened.closed) usedToken = token
      },
      takeItems: listener.itemsToCarry,
      onCarried(items) {
        carried = items
      },
    }
    const deadline = after(options.connectTimeoutMs, scheduler).subscribe(() => {
      // Nothing was sent, because `token()` has not answered yet.
      if (usedToken === undefined) return dispatch(failed('token'))
      // Without an answer, only a known Forge is assumed to have opened a session.
      if (isAnswered || transport.capabilities.isForge()) budget.spend()
      dispatch(budget.limit(failed('timeout')))
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
        case 'connected': {
          const own = toSession(event, carried)
          deadline.unsubscribe()
          budget.spend()
          if (event.ping_secs && event.ping_secs > 0) {
            pingMs = Math.min(event.ping_secs, maxPingSecs) * 1_000
          }
          transport.capabilities.learn(event.capabilities ?? [])
          options.clock.hear(event.now)
          dispatch({ type: 'connected' })
          // A listener of the state may have closed the stream.
          if (opened.closed) break
          session.set(own)
          if (!opened.closed) {
            opened.add(watchTokenExpiry(transport, own, usedToken, listener.onFreshness))
          }
          break
        }
        case 'answers':
          listener.onAnswers(event.answers)
          break
        case 'error':
        case 'gap':
          if (event.target !== 'session') listener.onTrouble(event)
          else if (event.type === 'error') dispatch(failed('session_lost'))
          break
        case 'stale':
        case 'fresh':
          listener.onFreshness(event.type === 'stale' ? event.reason : null)
      }
    }
    opened.add(deadline)
    opened.add(awake(() => elapsed() - heardAt > pingMs))
    opened.add(
      stream(transport, request, onFrame)
        .pipe(failOnSilence(() => pingMs + options.pingGraceMs, scheduler, elapsed))
        .subscribe({
          next: () => {
            isAnswered = true
            heardAt = elapsed()
          },
          error: (error: unknown) => dispatch(budget.limit(toFailure(error))),
          complete: () => dispatch(budget.limit(failed('ended'))),
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
    fromWake(globalThis.window, scheduler, elapsed).subscribe((why) => {
      dispatch({ type: 'woken', isOld: isOld() })
      if (why === 'clock') listener.onClockJump()
    })
  /** Reports a missing `url`. Throwing it here would end a Node process. */
  const openIfUrl = (): Subscription => {
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
    if (command.type === 'open') return openIfUrl()
    return command.type === 'wait' ? wait(command.delayMs) : Subscription.EMPTY
  }

  return {
    state,
    session,
    dispatch,
    useToken(token, isChanged) {
      const { status } = state.getSnapshot()
      const isStreaming = status === 'open' || status === 'connecting'
      if (isOtherUser(usedToken, token, isChanged || !isStreaming) ?? isChanged) {
        dispatch({ type: 'tokenChanged' })
      }
    },
  }
}
