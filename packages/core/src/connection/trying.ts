import type { FailureCause } from './backoff.ts'
import type { ConnectionState, Moment, Trying } from './connection-model.ts'

/** A stream that ends sooner than this was probably cut by a proxy. */
const shortMs = 1_000
/** A stream that was open and in sync for this long proves that the next one may open at once. */
const lastingMs = 5_000
/**
 * A stream that was open for this long proves the same without being in sync. After this long in
 * `idle`, earlier attempts no longer count.
 */
const provenMs = 60_000

/** No attempt yet. */
export const noTry: Trying = {
  attempt: 0,
  lostAt: null,
  short: 0,
  lost: 0,
  waitedMs: 0,
  serverWaitMs: 0,
}

/**
 * The attempts so far. `attempt` is 0 if a stream has lasted, or if the client was idle for long.
 */
export function triedUntil(state: ConnectionState, { at, elapsedMs }: Moment): Trying {
  if (state.status === 'open') {
    const hasLasted = elapsedMs >= (state.attempt === 0 ? lastingMs : provenMs)
    const { short, lost, tried, waitedMs } = state
    const since = hasLasted ? noTry : { ...noTry, attempt: tried, waitedMs }
    return { ...since, lostAt: at, short, lost }
  }
  const isIdle = state.status === 'idle'
  const { attempt, lostAt, short, lost, waitedMs, serverWaitMs } = isIdle
    ? (state.tried ?? noTry)
    : state
  const isLongAgo = isIdle && elapsedMs >= provenMs
  const since = isLongAgo ? noTry : { ...noTry, attempt, waitedMs }
  return { ...since, lostAt, short, lost, serverWaitMs: Math.max(0, serverWaitMs - elapsedMs) }
}

/** The number of useless streams in a row, with the one that has just failed. */
export function shortAfter(
  state: ConnectionState,
  { elapsedMs }: Moment,
  cause: FailureCause,
  short: number,
): number {
  const isOpen = state.status === 'open'
  if (state.status === 'connecting' && cause === 'timeout') return short + 1
  if (isOpen && cause === 'ended' && elapsedMs < shortMs) return short + 1
  return isOpen ? 0 : short
}

/** The number of sessions in a row that were lost at once, with the one that has just failed. */
export function lostAfter(
  state: ConnectionState,
  { elapsedMs }: Moment,
  cause: FailureCause,
  lost: number,
): number {
  if (state.status !== 'open') return lost
  if (elapsedMs >= lastingMs) return 0
  return cause === 'session_lost' ? lost + 1 : lost
}
