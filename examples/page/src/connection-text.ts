import type { ConnectionReason, ConnectionState } from '@headway/core'
import { formatAge } from '@headway/example-shared'

const reasons: Record<ConnectionReason, string> = {
  network: 'the network failed',
  ended: 'the server ended it',
  silence: 'the server went silent',
  timeout: 'the server did not answer in time',
  wake: 'the device was asleep',
  token: 'the token could not be renewed',
  proxy: 'a proxy holds it back',
  session_lost: 'the server forgot the session',
  refused: 'the server refused it',
  overloaded: 'the server is busy',
  too_many_sessions: 'too many tabs or devices of yours are connected',
  token_changed: 'another user signed in',
  asked: 'a new connection was asked for',
}

const closed = {
  close: 'Closed',
  unauthorized: 'Closed: sign in again',
  incompatible: 'Closed: reload the page for a newer version',
}

/**
 * The state of the connection in words. Pure.
 *
 * @param now epoch milliseconds
 */
export function connectionText(state: ConnectionState, now: number): string {
  switch (state.status) {
    case 'idle':
      return 'Not connected: nothing to follow'
    case 'connecting': {
      const attempt = state.attempt === 1 ? '' : `, attempt ${state.attempt}`
      return state.lostAt === null
        ? `Connecting${attempt}`
        : `${lostText(state.lostAt, now)}; connecting${attempt}`
    }
    case 'open':
      return 'Connected'
    case 'waiting': {
      const seconds = Math.max(0, Math.ceil((state.retryAt - now) / 1_000))
      const lost = lostText(state.lostAt, now)
      return `${lost}, ${reasons[state.reason]}; trying again in ${seconds} s`
    }
    case 'paused':
      return 'Paused'
    case 'closed':
      return closed[state.reason]
  }
}

function lostText(lostAt: number | null, now: number): string {
  return lostAt === null ? 'Not connected' : `Lost ${formatAge(now - lostAt)} ago`
}
