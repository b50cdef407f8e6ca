import { setTimeout as wait } from 'node:timers/promises'
import type { Logger } from 'pino'
import { isDatabaseAway } from '../postgres/pools.ts'
import { toText } from '../runs/postgres-text.ts'
import { sql } from '../sql.ts'
import type { Board, ShownStep } from './board.ts'

/** The part of a `pg.Pool` that is needed. */
interface Queryable {
  query(text: string, values: unknown[]): Promise<{ rows: { id: string }[] }>
}

/** Writes what users see of any number of runs, many in one statement. */
export interface BoardWriter {
  /** A board has changed: it is written as it is when its turn comes. */
  changed(board: Board): void
  /** Resolves when everything that changed before is written. */
  flushed(): Promise<void>
}

/** How long to wait before a database that was away is written to again, in milliseconds. */
const writeAgainMs = 500

/**
 * Writes at once, and never two statements at the same time: what changes meanwhile goes with the next. So
 * a thousand workflows cost as many statements as one, and states in between may be missing, the last is not.
 *
 * @param lost told of a run that somebody else has taken
 */
export function createBoardWriter(
  pool: Queryable,
  logger: Logger,
  lost: (board: Board) => void,
): BoardWriter {
  const query = sql('workflows/sql/write-boards')
  let dirty = new Set<Board>()
  let waiting: (() => void)[] = []
  let isWriting = false

  const writeAll = async (): Promise<void> => {
    while (dirty.size > 0 || waiting.length > 0) {
      const boards = [...dirty]
      const resolved = waiting
      dirty = new Set()
      waiting = []
      await write(boards.map((board) => ({ board, steps: board.takeSteps() })))
      for (const resolve of resolved) resolve()
    }
    isWriting = false
  }
  const write = async (taken: { board: Board; steps: Map<string, ShownStep> }[]): Promise<void> => {
    if (taken.length === 0) return
    const values = toValues(taken)
    for (;;) {
      try {
        const { rows } = await pool.query(query, values)
        const held = new Set(rows.map(({ id }) => id))
        for (const { board } of taken) if (!held.has(board.runId)) lost(board)
        return
      } catch (error) {
        logger.warn({ err: error }, 'how far workflows are could not be written')
        if (!isDatabaseAway(error)) return
        await wait(writeAgainMs)
      }
    }
  }
  const writeSoon = (): void => {
    if (isWriting) return
    isWriting = true
    // What a workflow says in one turn goes together: a step that ends, and the next that begins.
    setImmediate(() => void writeAll())
  }
  return {
    changed(board) {
      dirty.add(board)
      writeSoon()
    },
    flushed: () =>
      new Promise((resolve) => {
        waiting.push(resolve)
        writeSoon()
      }),
  }
}

function toValues(taken: { board: Board; steps: Map<string, ShownStep> }[]): unknown[] {
  const runs = taken.map(({ board }) => ({ ...board.shown, id: board.runId, claim: board.claim }))
  const steps = taken.flatMap(({ board, steps }) =>
    [...steps].map(([name, step]) => ({ ...step, name, runId: board.runId })),
  )
  return [
    runs.map(({ id }) => id),
    runs.map(({ claim }) => claim),
    runs.map(({ status }) => status),
    runs.map(({ step }) => step),
    runs.map(({ waitingFor }) => waitingFor),
    runs.map(({ progress }) => progress),
    runs.map(({ message }) => message && toText(message)),
    steps.map(({ runId }) => runId),
    steps.map(({ name }) => name),
    steps.map(({ ordinal }) => ordinal),
    steps.map(({ status }) => status),
    steps.map(({ error }) => error && toText(error)),
  ]
}
