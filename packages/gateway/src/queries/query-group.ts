import type { HttpError } from '../errors.ts'
import type { SnapshotGate } from '../hub/snapshot-gate.ts'
import type { Outbox } from '../sessions/outbox.ts'
import type { Debounce } from './debounce.ts'
import type { QueryState } from './query-frames.ts'
import type { Asked } from './run-query.ts'

/** One registration of a query. */
export interface QueryWatcher {
  readonly target: string
  readonly outbox: Outbox
  /** Changes when its principal gets other rights. */
  group: QueryGroup
  readonly gate: SnapshotGate<QueryState>
}

/** Everybody who watches the same: they share its runs. */
export interface QueryGroup {
  readonly key: string
  readonly asked: Asked
  readonly watchers: Set<QueryWatcher>
  readonly debounce: Debounce
  state: QueryState | null
  error: HttpError | null
  /** Who waits for the run that is under way, or the next. */
  waiting: { resolve(state: QueryState): void; reject(error: unknown): void }[]
  /** Told when a run that has begun since has ended. */
  onRerun: (() => void)[]
  isRunning: boolean
  isDirty: boolean
  isSlow: boolean
  /** The latest revision that watchers saw in the group they left; `null`: none. */
  seenBefore: number | null
}

/** A group that was not run yet. */
export function createQueryGroup(key: string, asked: Asked, debounce: Debounce): QueryGroup {
  return {
    key,
    asked,
    watchers: new Set(),
    debounce,
    state: null,
    error: null,
    waiting: [],
    onRerun: [],
    isRunning: false,
    isDirty: false,
    isSlow: false,
    seenBefore: null,
  }
}
