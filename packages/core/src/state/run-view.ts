import type { HeadwayError } from '../errors.ts'
import { isRecord, numbersIn } from '../protocol/json.ts'
import type { ChildCounts, SnapshotTimes, SnapshotTotals } from '../protocol/snapshot-members.ts'
import { inPhase, type PhaseFields } from './phase.ts'
import { type Sync, unasked } from './sync.ts'

/** The members of a view that are not the seed's, for jobs and workflows. */
export interface RunView<TPhase extends string = string> extends PhaseFields<TPhase> {
  /**
   * True from `start()` until the server has created the run, or from `attach()` until its first
   * answer.
   */
  loading: boolean
  /**
   * The error of a failed start: there is no run. `status` is `failed`, and `error` has its
   * message.
   */
  startError: HeadwayError | null
  sync: Sync
  /** 1 for the first attempt, 0 before it. Always 0 on Forge. */
  attempt: number
  /** Grows with each visible change. Always `null` on Forge. */
  revision: number | null
  /** How much is done, in `unit`; `null` if the run does not count, and on Forge. */
  done: number | null
  /** How much there is to do; `null` if unknown. */
  total: number | null
  /** The unit of `done` and `total`, such as `rows`. */
  unit: string | null
  /**
   * Its place among those that wait in its queue: 1 is next. `null` if it does not wait, if its
   * place is unknown, and on Forge.
   */
  position: number | null
  /** How many children it has, by their state; `null` if it has none, and on Forge. */
  children: ChildCounts | null
  /**
   * When it was started, in epoch milliseconds of the device's clock; `null` until known, and on
   * Forge.
   */
  createdAt: number | null
  /** When its current attempt began; `null` before. */
  startedAt: number | null
  /** When it ended; `null` before. */
  finishedAt: number | null
}

/** The server's own members in the view of a run. */
export interface RunWords {
  status: string
  progress: number | null
  message: string | null
  output: unknown
  error: string | null
}

/** The common members of the snapshots of jobs and workflows. */
export interface RunSnapshot
  extends Omit<RunWords, 'progress' | 'message'>,
    SnapshotTimes,
    SnapshotTotals {
  progress?: number | null
  message?: string | null
  position?: number | null | undefined
  revision?: number
  attempt?: number
  /** Only for a workflow: true after a request to cancel it. */
  cancel_requested?: boolean
}

/** The members of a view that all runs have. */
export type SharedView<V extends RunWords & RunView> = Pick<V, keyof RunWords | keyof RunView>

/**
 * The members of the next view that all runs have.
 *
 * @param offsetMs added to the server's times, so that they are by the device's clock
 */
export function toShared<V extends RunWords & RunView>(
  view: Pick<V, 'startError' | 'sync' | 'attempt' | 'createdAt' | 'startedAt'>,
  snapshot: RunSnapshot,
  { phase, isActive, isDone }: PhaseFields<V['phase']>,
  offsetMs: number,
): SharedView<V> {
  // On the path of every update: a spread of this many members takes three times as long.
  return {
    status: snapshot.status,
    progress: snapshot.progress ?? null,
    message: snapshot.message ?? null,
    // The wire has no types: the caller of `defineJob<Args, Output>` is responsible for them.
    output: snapshot.output,
    error: snapshot.error,
    loading: false,
    phase,
    isActive,
    isDone,
    startError: view.startError,
    sync: view.sync,
    attempt: snapshot.attempt ?? view.attempt,
    revision: snapshot.revision ?? null,
    done: toNumber(snapshot.done),
    total: toNumber(snapshot.total),
    unit: typeof snapshot.unit === 'string' ? snapshot.unit : null,
    position: toNumber(snapshot.position),
    children: toCounts(snapshot.children),
    // A push leaves out what the answer before it had.
    createdAt: toNumber(snapshot.created_at, offsetMs) ?? view.createdAt,
    startedAt:
      snapshot.started_at === undefined ? view.startedAt : toNumber(snapshot.started_at, offsetMs),
    finishedAt: toNumber(snapshot.finished_at, offsetMs),
  } satisfies RunWords & RunView as SharedView<V>
}

/** The shared members of the view of no run, with this status. */
export function toIdle<V extends RunWords & RunView>(status: V['status']): SharedView<V> {
  const unseen = { startError: null, sync: unasked, attempt: 0, createdAt: null, startedAt: null }
  return toShared<V>(unseen, { status, output: null, error: null }, inPhase('idle'), 0)
}

/** The counts of children from the wire; `null` unless all five are numbers. */
function toCounts(value: unknown): ChildCounts | null {
  if (!isRecord(value)) return null
  const counts = numbersIn(value, 'total', 'done', 'failed', 'cancelled', 'running')
  return Object.keys(counts).length === 5 ? (counts as ChildCounts) : null
}

/** A number from the wire plus `add`; `null` for anything else. */
export function toNumber(value: unknown, add = 0): number | null {
  return typeof value === 'number' ? value + add : null
}
