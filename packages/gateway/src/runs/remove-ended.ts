import type pg from 'pg'
import type { WorkflowEngine } from '../engines/workflow-engine.ts'
import { type Connection, inTransaction } from '../postgres/in-transaction.ts'
import { sql } from '../sql.ts'
import type { Place } from './hand-over-store.ts'
import { type EndedRun, keptDays } from './kept-days.ts'
import type { Retention } from './retention-options.ts'

/** The parts that remove ended runs. */
export interface Removal {
  pool: pg.Pool
  retention: Retention
  place: Place
  /** The queues that are observed, as runs name them. */
  observedQueues(): Promise<readonly string[]>
  workflowEngine: Pick<WorkflowEngine, 'name' | 'forget'> | undefined
  /** Logs of workflows could not be removed, so these workflows stay. */
  logsStay(error: unknown): void
  /** Lets others go first, after each page. */
  pause(tookMs: number): Promise<unknown>
  /** ISO 8601, for tests. Default: the time by the database's clock. */
  time?: string | null
}

/**
 * The place of a walk over ended runs: it has seen all that ended before, and then up to this id.
 */
export interface WalkPlace {
  finishedAt: string
  id: string
}

/** Before every id. */
const firstId = '00000000-0000-0000-0000-000000000000'

/** Before all ended runs. */
export const firstPlace: WalkPlace = { finishedAt: '-infinity', id: firstId }

/** A run of a page. */
interface EndedRow extends EndedRun, WalkPlace {}

/** A row of a page; one without a run comes alone. */
type PageRow = { before: string } & (EndedRow | { id: null })

/** A run that is removed. */
interface RemovedRow {
  id: string
  engine: string
  claims: number
}

/** The number of runs of a page: a transaction removes at most so many. */
const pageSize = 500

/** The maximum time of a statement, in seconds. */
const timeoutSecs = 30

/**
 * Removes the runs that are kept for so many days or less and have ended before that, from a place
 * on. Resolves with the place to continue from: runs that ended later are due later. Runs that
 * could not be removed now are passed over until a walk begins anew.
 */
export async function removeEnded(
  removal: Removal,
  days: number,
  from: WalkPlace,
): Promise<WalkPlace> {
  const { pool, retention, place, pause, time = null } = removal
  const queues = await removal.observedQueues()
  for (let last = from; ; ) {
    const startedMs = performance.now()
    const values = [
      last.finishedAt,
      last.id,
      time,
      days,
      place.engine,
      place.queue,
      queues,
      pageSize,
    ]
    const page = await pool.query<PageRow>(sql('runs/sql/read-ended-before'), values)
    const rows = page.rows.filter((row) => row.id !== null)
    const isDue = (run: EndedRow): boolean => {
      const kept = keptDays(retention, run)
      return kept !== false && kept <= days
    }
    const due = rows.filter(isDue).map(({ id }) => id)
    // Another gateway is at it: it removes them.
    if (due.length > 0 && !(await removeRuns(removal, due, days))) return last
    const end = rows.at(-1)
    // What others have before that time is not read again.
    const before = page.rows[0]?.before ?? last.finishedAt
    if (!end || rows.length < pageSize) return { finishedAt: before, id: firstId }
    last = { finishedAt: end.finishedAt, id: end.id }
    await pause(performance.now() - startedMs)
  }
}

/**
 * Removes runs and their logs; those whose logs cannot be removed stay. `false`: another gateway of
 * the same queue removes some now.
 */
async function removeRuns(
  { pool, place, workflowEngine, logsStay, time = null }: Removal,
  ids: readonly string[],
  days: number,
): Promise<boolean> {
  const toLogIds = ({ id, engine, claims }: RemovedRow): string[] =>
    engine === workflowEngine?.name
      ? Array.from({ length: claims }, (_, index) => `${id}:${index + 1}`)
      : []
  return inTransaction(pool, { isReadOnly: false, timeoutSecs }, async (client) => {
    const turn = await client.query<{ isMine: boolean }>(
      `select pg_try_advisory_xact_lock(hashtext('headway.retention'), hashtext($1)) as "isMine"`,
      [place.queue],
    )
    if (turn.rows[0]?.isMine !== true) return false
    const { rows } = await client.query<RemovedRow>(sql('runs/sql/lock-ended'), [ids, time, days])
    // The row is locked, so that no retry continues from a log that is removed here.
    const logIds = rows.flatMap(toLogIds)
    const forget = async () => workflowEngine?.forget?.(client, logIds)
    const failure = logIds.length === 0 ? null : await tryInSavepoint(client, forget)
    if (failure) logsStay(failure.error)
    const removed = failure ? rows.filter((row) => toLogIds(row).length === 0) : rows
    await client.query(sql('runs/sql/remove-runs'), [removed.map(({ id }) => id)])
    return true
  })
}

/** Does a part of a transaction. `null`, or how it failed: then it has changed nothing. */
async function tryInSavepoint(
  client: Connection,
  work: () => Promise<unknown>,
): Promise<{ error: unknown } | null> {
  await client.query('savepoint part')
  try {
    await work()
    return null
  } catch (error) {
    await client.query('rollback to savepoint part')
    return { error }
  }
}
