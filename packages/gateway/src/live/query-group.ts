import type { HttpError } from '../errors.ts'
import type { QueryCall } from '../queries/run-query.ts'
import type { Debounce } from './debounce.ts'
import type { FrameStream } from './frame-stream.ts'
import type { KeptResult } from './kept-results.ts'
import type { QueryState } from './query-frames.ts'
import type { SnapshotGate } from './snapshot-gate.ts'

/** A query that is run again and again. */
export interface GroupQuery extends QueryCall {
  /** The size of the arguments in bytes of JSON: they are kept while the query is watched. */
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
  /** The highest number of the requests that made it, within its session; 0 without one. */
  seq: number
}

/** All registrations with the same query, arguments and rights: they share its runs. */
export interface QueryGroup {
  readonly key: string
  readonly call: GroupQuery
  readonly registrations: Set<QueryRegistration>
  readonly debounce: Debounce
  /** The result that was sent last. */
  result: KeptResult | null
  error: HttpError | null
  /** The callers that wait for the current run, or the next one. */
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
