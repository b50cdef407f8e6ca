import { Subscription } from 'rxjs'
import { decodeEvent } from '../protocol/decode.ts'
import type { ErrorEvent, GapEvent } from '../protocol/server-event.ts'
import { endOf, isOtherUser } from '../rpc/principal.ts'
import type { Transport } from '../rpc/transport.ts'
import { createStore, type Store, tell } from '../store/store.ts'
import { after } from '../time/after.ts'
import type {
  ConnectionCommand,
  ConnectionNews,
  ConnectionState,
  Moment,
} from './connection-model.ts'
import { idleConnection, reduceConnection } from './connection-state.ts'
import { fromEventStream, type OpenStream } from './event-stream.ts'
import { failed, toFailure } from './failure.ts'
import { isForge, type Session, toSession } from './session.ts'
import { createSessionBudget } from './session-budget.ts'
import { failOnSilence } from './silence.ts'
import { fromWake } from './wake.ts'

/** The one connection of a client. */
export interface Connection {
  readonly state: Store<ConnectionState>
  /** The live session, `null` while there is none. */
  readonly session: Store<Session | null>
  /** Tells the state machine what happened. */
  dispatch(news: ConnectionNews): void
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
  /** Why the server cannot read changes, or does not tell them, in one word; `null` when it does again. */
  onFreshness(reason: string | null): void
  /** The device may have slept, by a clock that stands still in sleep: the stream may be dead without a sign. */
  onDoubt(): void
}

/** The longest silence that a server can announce, in seconds. */
const maxPingSecs = 3_600
/** How long a Forge can keep a stream whose token has ended, in milliseconds: twice the minute between two looks. */
const maxPastEndMs = 120_000

/**
 * Runs {@link reduceConnection}: each command becomes an effect, each effect ends the one before.
 *
 * @param stream opens one stream of events
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
  const budget = createSessionBudget(elapsed)
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
      const news = next
      // A mistake of the application, such as dice that throw, is reported; the events after it go on.
      tell(() => step(news))
      events.shift()
    }
  }
  const step = (news: ConnectionNews): void => {
    const before = state.getSnapshot()
    const { state: next, command } = reduceConnection(before, { ...news, ...moment() })
    if (command) {
      effect.unsubscribe()
      session.set(null)
    }
    if (next.status !== before.status || command) enteredAt = elapsed()
    state.set(next)
    if (command) effect = run(command)
  }

  /** Where a session outlives its stream, the next one waits when there were many. */
  const sparing = (news: ConnectionNews): ConnectionNews => {
    if (news.type !== 'failed' || transport.capabilities.has('revisions')) return news
    const waitMs = budget.waitMs()
    return waitMs === null
      ? news
      : { ...news, retryAfterMs: Math.max(news.retryAfterMs ?? 0, waitMs) }
  }
  const open = (): Subscription => {
    const opened = new Subscription()
    let pingMs = options.pingMs
    let heardAt = elapsed()
    let isAnswered = false
    usedToken = undefined
    const useSent = (token: string | null | undefined): void => {
      if (!opened.closed) usedToken = token
    }
    const deadline = after(options.connectTimeoutMs, scheduler).subscribe(() => {
      // Nothing was sent yet: the application still has to say who is asking.
      if (usedToken === undefined) return dispatch(failed('token'))
      // Without an answer it may be the network, and the server none that keeps sessions.
      if (isAnswered || transport.capabilities.has('revisions') === false) budget.spend()
      dispatch(sparing(failed('timeout')))
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
          budget.spend()
          if (event.ping_secs && event.ping_secs > 0) {
            pingMs = Math.min(event.ping_secs, maxPingSecs) * 1_000
          }
          transport.capabilities.learn(event.capabilities ?? [])
          dispatch({ type: 'connected' })
          // A listener may have closed the stream.
          if (opened.closed) break
          session.set(toSession(event))
          if (!opened.closed) opened.add(untilEnd(usedToken ?? null))
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
      stream(transport, useSent, onFrame)
        .pipe(failOnSilence(() => pingMs + options.pingGraceMs, scheduler, elapsed))
        .subscribe({
          next: () => {
            isAnswered = true
            heardAt = elapsed()
          },
          error: (error: unknown) => dispatch(sparing(toFailure(error))),
          complete: () => dispatch(sparing(failed('ended'))),
        }),
    )
    return opened
  }
  /**
   * A Forge does not take in a renewed token, and pushes no query any more once that of the stream has ended; it ends
   * the stream within a minute. Until then nobody knows what is true. A stream that goes on after that has a token
   * that has not ended: the clock of this device is fast.
   */
  const untilEnd = (token: string | null): Subscription => {
    const own = session.getSnapshot()
    const endsAt = token === null ? null : endOf(token)
    if (!own || !isForge(own) || endsAt === null) return Subscription.EMPTY
    const leftMs = endsAt - scheduler.now()
    const doubtEndsMs = leftMs + maxPastEndMs
    if (doubtEndsMs <= 0) return Subscription.EMPTY
    const both = new Subscription()
    both.add(after(leftMs, scheduler).subscribe(() => listener.onFreshness('token_expired')))
    both.add(after(doubtEndsMs, scheduler).subscribe(() => listener.onFreshness(null)))
    return both
  }
  const wait = (delayMs: number): Subscription => {
    const waiting = after(delayMs, scheduler).subscribe(() => dispatch({ type: 'retried' }))
    waiting.add(awake(() => false))
    return waiting
  }
  const awake = (isOld: () => boolean): Subscription =>
    fromWake(globalThis.window, scheduler, elapsed).subscribe((why) => {
      dispatch({ type: 'woken', isOld: isOld() })
      if (why === 'clock') listener.onDoubt()
    })
  /** Without a `url` there is nothing to open: says so, and keeps the process alive. */
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
    useToken(token, isChanged) {
      const { status } = state.getSnapshot()
      const isStreaming = status === 'open' || status === 'connecting'
      if (isOtherUser(usedToken, token, isChanged || !isStreaming) ?? isChanged) {
        dispatch({ type: 'tokenChanged' })
      }
    },
  }
}
