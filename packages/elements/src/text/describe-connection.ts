import type { ConnectionState } from '@headway/core'
import type { ConnectionMessages } from './connection-messages.ts'
import { fill } from './fill.ts'
import type { Language } from './language.ts'

/** The state of the connection, as a person sees it. */
export type ShownConnection = 'idle' | 'connecting' | 'open' | 'lost' | 'paused' | 'closed'

/** The connection in words. */
export interface ConnectionText {
  status: ShownConnection
  text: string
  /** The reason, and when it tries again; empty for none. */
  detail: string
  canReconnect: boolean
}

/** From this wait on, the next attempt has a time of the day. */
const longWaitMs = 60_000

/**
 * The connection in words. An attempt after a loss still counts as lost: the words do not flicker.
 * Pure.
 *
 * @param now epoch milliseconds
 */
export function describeConnection(
  state: ConnectionState,
  { messages, formats }: Language<ConnectionMessages>,
  now: number,
): ConnectionText {
  switch (state.status) {
    case 'idle':
      return toText('idle', messages.connectionIdle)
    case 'open':
      return toText('open', messages.connectionOpen)
    case 'paused':
      return toText('paused', messages.connectionPaused)
    case 'connecting':
      return state.lostAt === null && state.attempt === 1
        ? toText('connecting', messages.connectionConnecting)
        : toText('lost', messages.connectionLost)
    case 'waiting': {
      const time = state.retryAt - now < longWaitMs ? '' : formats.time(state.retryAt)
      const detail = [
        reasonOf(state.reason, messages),
        time && fill(messages.connectionRetryAt, { time }),
      ]
      return { ...toText('lost', messages.connectionLost, true), detail: formats.list(detail) }
    }
    case 'closed':
      return closedText(state.reason, messages)
  }
}

function toText(status: ShownConnection, text: string, canReconnect = false): ConnectionText {
  return { status, text, detail: '', canReconnect }
}

type Waiting = Extract<ConnectionState, { status: 'waiting' }>
type Closed = Extract<ConnectionState, { status: 'closed' }>

/** Reasons that a person can do something about. */
function reasonOf(reason: Waiting['reason'], messages: ConnectionMessages): string {
  if (reason === 'proxy') return messages.reasonProxy
  if (reason === 'overloaded') return messages.reasonOverloaded
  return reason === 'too_many_sessions' ? messages.reasonTooManySessions : ''
}

function closedText(reason: Closed['reason'], messages: ConnectionMessages): ConnectionText {
  switch (reason) {
    case 'close':
      return toText('closed', messages.connectionClosed, true)
    case 'unauthorized':
      return toText('closed', messages.connectionUnauthorized)
    case 'incompatible':
      return toText('closed', messages.connectionIncompatible)
  }
}
