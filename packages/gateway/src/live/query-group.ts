import type { HttpError } from '../errors.ts'
import type { QueryCall } from '../queries/run-query.ts'
import type { Debounce } from './debounce.ts'
import type { FrameStream } from './frame-stream.ts'
import type { KeptResult } from './kept-results.ts'
import type { QueryState } from './query-frames.ts'
import type { SnapshotGate } from './snapshot-gate.ts'

/** What is call again and again. */
export interface GroupQuery extends QueryCall {
  /** How large the arguments are, in bytes of JSON: they are kept for as long as it is watched. */
  argsBytes: number
}

/** One registration of a query. */
export interface QueryRegistration {
  readonly kind: 'query'
  readonly target: string
  readonly outbox: FrameStream
  /** Changes when its principal gets other rights. */
  group: QueryGroup
  readonly gate: SnapshotGate
}

/** Everybody who watches the same: they share its runs. */
export interface QueryGroup {
  readonly key: string
  readonly call: GroupQuery
  readonly registrations: Set<QueryRegistration>
  readonly debounce: Debounce
  /** What was sent last. */
  result: KeptResult | null
  error: HttpError | null
  /** Who waits for the run that is under way, or the next. */
  waiting: { resolve(state: QueryState): void; reject(error: unknown): void }[]
  /** Told when a run that has begun since has ended. */
  onRerun: (() => void)[]
  isRunning: boolean
  isDirty: boolean
  isSlow: boolean
  /** The latest revision that registrations saw in the group they left; `null`: none. */
  seenBefore: number | null
}

/** A group that was not run yet. */
export function createQueryGroup(key: string, call: GroupQuery, debounce: Debounce): QueryGroup {
  return {
    key,
    call,
    registrations: new Set(),
    debounce,
    result: null,
    error: null,
    waiting: [],
    onRerun: [],
    isRunning: false,
    isDirty: false,
    isSlow: false,
    seenBefore: null,
  }
}
