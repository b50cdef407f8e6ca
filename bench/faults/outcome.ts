import type { ClientsDone } from './clients.ts'
import { jobs } from './schedule.ts'

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
  /** The part of the jobs that the clients showed before the faults began, 0 to 1. */
  shown: number
}

/** The outcome of screens that had to be right from `since` on. Pure. */
export function toOutcome(done: ClientsDone, shown: number, since: number): Outcome {
  const { clients, ends, backwards, unsteady, at } = done
  const delivered = ends / (clients * jobs)
  return {
    delivered,
    backwards,
    steady: 1 - unsteady / clients,
    // The last end may be seen before all clients are back.
    rightMs: delivered === 1 ? Math.max(0, at - since) : Number.NaN,
    shown,
  }
}
