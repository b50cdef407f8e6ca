import type { Logger } from 'pino'
import { forEachOf } from '../at-once.ts'
import { HttpError } from '../errors.ts'
import { sqlStateOf } from '../postgres/failures.ts'
import type { Database } from '../postgres/pools.ts'
import { untilWritten } from '../postgres/until-written.ts'
import { sql } from '../sql.ts'

/** What is to be done with all children of a run: cancel them, or run those again that failed. */
export type Todo = 'stop' | 'retry'

/** The parts that cancel and retry children. */
export interface TendTools {
  pool: Database
  /** Takes a job that was cancelled off its queue. */
  remove(taskId: string): Promise<void>
  /** Requests the cancellation of a workflow, or of a job of another program. */
  cancel(child: StoppedChild): Promise<unknown>
  /** This gateway can run a child of this place again; otherwise another one can. */
  isMine(place: ChildPlace): boolean
  /** Runs a child again. Rejects if that cannot be done. */
  retry(child: EndedChild): Promise<unknown>
  logger: Logger
}

/** Where a child runs. */
export interface ChildPlace {
  kind: 'job' | 'workflow'
  engine: string
  queue: string | null
}

/** A child that is to run again. */
export interface EndedChild {
  id: string
  /** It ended before this time: a later end is that of its new run. Epoch milliseconds. */
  beforeMs: number
}

/** A child of a run that stops. */
export interface StoppedChild {
  id: string
  kind: 'job' | 'workflow'
  engine: string
  /** The reason, for those who look at it. */
  why: string
}

/** A child as its page has it. */
interface PageRow {
  id: string
  ordinal: string
}

interface EndedRow extends PageRow, EndedChild, ChildPlace {}

interface StoppedRow extends PageRow, StoppedChild {
  /** The page itself has cancelled it. */
  isOwn: boolean
  /** The task that it was waiting for; `null`: it runs. */
  taskId: string | null
}

/** The most children of a page, and the most that are asked at the same time. */
const [pageSize, atOnce] = [500, 8]

/** Before every id. */
const firstId = '00000000-0000-0000-0000-000000000000'

/**
 * Cancels or retries all children of a run, page by page. May be done twice, and by two gateways.
 * Resolves with false if some are left to the gateways of their queue. Rejects when the database is
 * away: what is left is then done later.
 */
export function createTendChildren(
  tools: TendTools,
): (parent: string, todo: Todo) => Promise<boolean> {
  const { pool, remove, cancel, isMine, retry, logger } = tools
  const stop = async (parent: string): Promise<void> => {
    for await (const page of pages<StoppedRow>(tools, 'groups/sql/stop-children', parent)) {
      await forEachOf(page, atOnce, async (child) => {
        const { id, isOwn, taskId } = child
        const asked = isOwn ? taskId !== null && remove(taskId) : cancel(child)
        // A worker that takes it all the same finds it cancelled.
        await Promise.resolve(asked).catch((error: unknown) => {
          logger.warn({ err: error, runId: id }, 'a child could not be cancelled in its queue')
        })
      })
    }
  }
  /** @returns some are left to other gateways */
  const retryAll = async (parent: string): Promise<boolean> => {
    let isLeft = false
    for await (const page of pages<EndedRow>(tools, 'groups/sql/read-unsuccessful', parent)) {
      const mine = page.filter(isMine)
      if (mine.length < page.length) isLeft = true
      await forEachOf(mine, atOnce, (child) =>
        retry(child).catch((error: unknown) => {
          // It is there no more, or its queue does not keep it. Anything else is tried again later.
          if (!(error instanceof HttpError) || error.refusal.status >= 500) throw error
          logger.warn({ err: error, runId: child.id }, 'a child could not be retried')
        }),
      )
    }
    return isLeft
  }
  return async (parent, todo) => {
    const isLeft = todo === 'retry' && (await retryAll(parent))
    if (todo === 'stop') await stop(parent)
    await pool.query(sql('groups/sql/end-todo'), [parent, todo, isLeft])
    return !isLeft
  }
}

/** The pages of a statement that continues after an ordinal and an id. */
async function* pages<Row extends PageRow>(
  { pool, logger }: Pick<TendTools, 'pool' | 'logger'>,
  statement: string,
  parent: string,
): AsyncGenerator<Row[]> {
  for (let last: PageRow = { ordinal: '-1', id: firstId }; ; ) {
    const values = [parent, last.ordinal, last.id, pageSize]
    const read = () => pool.query<Row>(sql(statement), values)
    const { rows } = await untilWritten(logger, read, isOvertaken)
    yield rows
    const end = rows.at(-1)
    if (!end || rows.length < pageSize) return
    last = end
  }
}

/** Another transaction stood in the way: a deadlock with a writer of several children, say. */
function isOvertaken(error: unknown): boolean {
  return sqlStateOf(error)?.startsWith('40') === true
}
