import type pg from 'pg'
import { toErrorText } from '../bound-text.ts'
import type { Database } from '../postgres/pools.ts'
import { toJson } from '../postgres-text.ts'
import { type Labels, noLabels } from '../runs/labels.ts'
import { sql } from '../sql.ts'
import type { Shown } from './board.ts'

/** A workflow to start. */
export interface NewWorkflow {
  id: string
  name: string
  engine: string
  /** The principal's id; `null` for an anonymous caller. */
  owner: string | null
  idempotencyKey: string | null
  args: unknown
  /** Default: none. */
  labels?: Labels
  steps: readonly string[]
  /** The workflow whose step it is. */
  parent: string | null
}

/** A workflow that an executor has taken. */
export interface ClaimedWorkflow extends Shown {
  id: string
  name: string
  owner: string | null
  args: unknown
  attempt: number
  /** The fence: every write names it. */
  claim: number
  /** The log to continue from; `null`: the run was never executed. */
  previous: string | null
  /** Failed and undone steps are to be repeated. */
  isRetried: boolean
  /** The reason of a cancellation; `null` without one. */
  cancelled: string | null
}

/** The end of a workflow. */
export interface WorkflowEnd {
  status: 'completed' | 'compensated' | 'failed'
  /** JSON text. */
  output: string | null
  error: string | null
}

/** The end of another run. */
export interface EndedRun {
  status: string
  output: unknown
  error: string | null
}

/**
 * The result of an event. `none`: no running workflow has this id; `full`: too many wait to be
 * taken.
 */
export type EventBecame = 'kept' | 'full' | 'none'

/** The number of events of a run that may wait to be taken, and the number in all. */
const [maxWaiting, maxEvents] = [100, 10_000]

/** Writes workflows for gateways and workers. Each change is one statement that also notifies. */
export interface WorkflowRecorder {
  /** Notes a start, unless the same one was made before. */
  start(run: NewWorkflow): Promise<void>
  /** On one that has ended, or was asked before, it changes nothing. */
  cancel(id: string, reason: string | null): Promise<void>
  /** `false`: it has not failed, or runs elsewhere. */
  retry(id: string, engine: string): Promise<boolean>
  sendEvent(id: string, name: string, payload: unknown, key: string | null): Promise<EventBecame>
  /** `null`: none has come. */
  takeEvent(id: string, name: string, wait: string): Promise<{ payload: unknown } | null>
  claim(executor: string, engine: string, names: string[], most: number): Promise<ClaimedWorkflow[]>
  /** `false`: another worker has taken it. */
  adopt(id: string, claim: number, logId: string): Promise<boolean>
  declareSteps(id: string, steps: readonly string[]): Promise<void>
  release(id: string, claim: number): Promise<void>
  /**
   * Gives back the runs that an executor has claimed without receiving the answer: all but those
   * that it executes.
   */
  releaseUnheard(executor: string, executed: readonly string[]): Promise<void>
  /** `null`: it has not ended. */
  readEnd(id: string): Promise<EndedRun | null>
  /** The time by the database's clock, in epoch milliseconds. */
  now(): Promise<number>
}

/** A recorder on a pool; or, within a transaction, on its connection. */
export function createWorkflowRecorder(pool: Database): WorkflowRecorder {
  const rowsOf = <T extends pg.QueryResultRow = { id: string }>(name: string) => {
    const query = sql(`workflows/sql/${name}`)
    return async (...values: unknown[]): Promise<T[]> => (await pool.query<T>(query, values)).rows
  }
  const insert = rowsOf('insert-workflow')
  const cancel = rowsOf('cancel-workflow')
  const retry = rowsOf('retry-workflow')
  const sendEvent = rowsOf<{ became: EventBecame }>('send-event')
  const takeEvent = rowsOf<{ payload: unknown }>('take-event')
  const claim = rowsOf<ClaimedWorkflow & pg.QueryResultRow>('claim-workflows')
  const adopt = rowsOf('adopt-log')
  const declareSteps = rowsOf('declare-steps')
  const release = rowsOf('release-workflow')
  const releaseUnheard = rowsOf('release-unheard')
  const readClock = rowsOf<{ now: number }>('read-clock')
  const readEnd = rowsOf<EndedRun & pg.QueryResultRow>('read-ended')
  return {
    async start({ id, name, engine, owner, idempotencyKey, args, steps, parent, labels }) {
      const { title, tags } = labels ?? noLabels
      const more = [toJson(args), steps, parent, title, tags]
      await insert(id, name, engine, owner, idempotencyKey, ...more)
    },
    async cancel(id, reason) {
      await cancel(id, reason && toErrorText(reason))
    },
    retry: async (id, engine) => (await retry(id, engine)).length > 0,
    async sendEvent(id, name, payload, key) {
      const [row] = await sendEvent(id, name, toJson(payload), key, maxWaiting, maxEvents)
      return row?.became ?? 'none'
    },
    takeEvent: async (id, name, wait) => (await takeEvent(id, name, wait))[0] ?? null,
    claim,
    adopt: async (id, claim, logId) => (await adopt(id, claim, logId)).length > 0,
    async declareSteps(id, steps) {
      await declareSteps(id, steps)
    },
    async release(id, claim) {
      await release(id, claim)
    },
    async releaseUnheard(executor, executed) {
      await releaseUnheard(executor, executed)
    },
    readEnd: async (id) => (await readEnd(id))[0] ?? null,
    now: async () => (await readClock())[0]?.now ?? Date.now(),
  }
}
