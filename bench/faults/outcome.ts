import { quantile } from '../gateway/commit.ts'
import type { ClientsDone } from './clients.ts'

/** What a scenario did to the screens of one peer. */
export interface Outcome {
  /** The part of all ends that the clients' callbacks have seen, 0 to 1. */
  delivered: number
  /** States that were older than one before. */
  backwards: number
  /** The part of the clients that showed no such state, 0 to 1. */
  steady: number
  /** Milliseconds until every screen was right; `NaN` if one never was. */
  rightMs: number
  /** Milliseconds from the commit of an end to a callback, for 99 of 100; `NaN` if one got none. */
  endMs: number
  /** The part of the jobs that the clients showed before the faults began, 0 to 1. */
  shown: number
}

/** The part of a stage that an outcome is taken from. */
interface Played {
  jobs: { endedAt: readonly number[] }
  shown: number
}

/** The outcome of screens that had to be right from `since` on. Pure. */
export function toOutcome({ jobs, shown }: Played, done: ClientsDone, since: number): Outcome {
  const { clients, ends, backwards, unsteady, at, endedAt } = done
  const all = clients * jobs.endedAt.length
  // A client may see an end before its writer does.
  const delays = jobs.endedAt.flatMap((committedAt, job) =>
    (endedAt[job] ?? []).map((seenAt) => Math.max(0, seenAt - committedAt)),
  )
  const missing = Array<number>(all - delays.length).fill(Number.POSITIVE_INFINITY)
  return {
    delivered: ends / all,
    backwards,
    steady: 1 - unsteady / clients,
    // The last end may be seen before all clients are back.
    rightMs: ends === all ? Math.max(0, at - since) : Number.NaN,
    endMs: finite(quantile([...delays, ...missing], 0.99)),
    shown,
  }
}

function finite(value: number): number {
  return Number.isFinite(value) ? value : Number.NaN
}
