import type pg from 'pg'
import { toErrorText } from '../bound-text.ts'
import type { Database } from '../postgres/pools.ts'
import { toJson } from '../postgres-text.ts'
import { sql } from '../sql.ts'
import type { Shown } from './board.ts'

/** A workflow as it is started. */
export interface NewWorkflow {
  id: string
  name: string
  engine: string
  /** The principal's id; `null` for nobody in particular. */
  owner: string | null
  idempotencyKey: string | null
  args: unknown
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
  /** The log to go on from; `null`: nobody has executed it before. */
  previous: string | null
  /** Whether what failed or was undone is to be done again. */
  isRetried: boolean
  /** Why it is to be cancelled. */
  cancelled: string | null
}

/** How a workflow ended. */
export interface WorkflowEnd {
  status: 'completed' | 'compensated' | 'failed'
  /** JSON text. */
  output: string | null
  error: string | null
}

/** How a run of somebody else has ended. */
export interface EndedRun {
  status: string
  output: unknown
  error: string | null
}

/** What became of an event: `none`: there is no workflow that could take it; `full`: too many wait to be taken. */
export type EventBecame = 'kept' | 'full' | 'none'

/** How many events of a run may wait to be taken, and how many it may get in all. */
const [maxWaiting, maxEvents] = [100, 10_000]

/** What gateways and workers write of workflows. Each change is one statement that also notifies. */
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
  /** `false`: somebody else has taken it. */
  adopt(id: string, claim: number, logId: string): Promise<boolean>
  declareSteps(id: string, steps: readonly string[]): Promise<void>
  release(id: string, claim: number): Promise<void>
  /** Gives back what an executor has taken without knowing of it: all but what it executes. */
  releaseUnheard(executor: string, executed: readonly string[]): Promise<void>
  /** `null`: it goes on. */
  readEnd(id: string): Promise<EndedRun | null>
  /** The time by the database's clock, in epoch milliseconds. */
  now(): Promise<number>
}

/** A recorder on a pool; or, for what is part of a transaction, on its connection. */
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
    async start({ id, name, engine, owner, idempotencyKey, args, steps, parent }) {
      await insert(id, name, engine, owner, idempotencyKey, toJson(args), steps, parent)
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
