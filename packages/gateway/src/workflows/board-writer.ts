import { setTimeout as wait } from 'node:timers/promises'
import type { Logger } from 'pino'
import { isDataFault, isPoolClosed } from '../postgres/failures.ts'
import { mayPass, untilWritten } from '../postgres/until-written.ts'
import { sql } from '../sql.ts'
import type { Board } from './board.ts'
import { type Change, hasText, takeChange, toChanges, toEnds, withoutText } from './board-values.ts'
import type { WorkflowEnd } from './workflow-recorder.ts'

/** The part of a `pg.Pool` that is needed. */
interface BoardPool {
  query(text: string, values: unknown[]): Promise<{ rows: { id: string }[] }>
}

/** Writes what users see of any number of runs, many in one statement. */
export interface BoardWriter {
  /** A board has changed: it is written as it is when its turn comes. */
  changed(board: Board): void
  /** A run has ended: resolves when that is written, and everything before. Rejects with what the database refuses. */
  ended(board: Board, end: WorkflowEnd): Promise<void>
  /** Resolves when everything that changed before is written. */
  flushed(): Promise<void>
}

/** A run that has ended, and who waits until that is written. */
interface Ending {
  board: Board
  end: WorkflowEnd
  resolve(): void
  reject(error: unknown): void
}

/** The end of a workflow whose output PostgreSQL cannot hold. The log has the reason. */
const unstorable: WorkflowEnd = {
  status: 'failed',
  output: null,
  error: 'The output could not be stored: return plain JSON',
}

/** How often a board is tried once it contains no text that could be refused. */
const bareTries = 5

/** Tries this often, whatever the error is. */
function createTries(most: number): (error: unknown) => boolean {
  let tries = 0
  return (error) => !isPoolClosed(error) && ++tries < most
}

/** How much of outputs goes in one statement, beyond those of a single run. */
const maxOutputChars = 8 * 1_048_576

/** From how many runs on more is collected before it is written, and for how long, in milliseconds. */
const [crowd, collectMs] = [50, 50]

/**
 * Writes at once, and never two statements at the same time: what changes meanwhile goes with the next. So
 * a thousand workflows cost as many statements as one, and states in between may be missing, the last is not.
 *
 * @param lost told of a run that somebody else has taken
 */
export function createBoardWriter(
  pool: BoardPool,
  logger: Logger,
  lost: (board: Board) => void,
): BoardWriter {
  const changes = sql('workflows/sql/write-boards')
  const finish = sql('workflows/sql/finish-workflows')
  let dirty = new Set<Board>()
  const endings: Ending[] = []
  let waiting: (() => void)[] = []
  let isWriting = false

  const writeAll = async (): Promise<void> => {
    while (dirty.size > 0 || endings.length > 0 || waiting.length > 0) {
      const boards = [...dirty]
      const resolved = waiting
      const ended = takeEndings()
      dirty = new Set()
      waiting = []
      await writeChanges(boards.map(takeChange))
      await writeEndings(ended)
      for (const resolve of resolved) resolve()
      if (boards.length > crowd) await wait(collectMs)
    }
    isWriting = false
  }
  const takeEndings = (): Ending[] => {
    let chars = 0
    const most = endings.findIndex(({ end }, index) => {
      chars += end.output?.length ?? 0
      return index > 0 && chars > maxOutputChars
    })
    return endings.splice(0, most === -1 ? endings.length : most)
  }
  const writeChanges = async (taken: Change[], mayRetry = mayPass): Promise<void> => {
    try {
      await write(changes, taken, toChanges(taken), mayRetry)
    } catch (error) {
      if (isPoolClosed(error)) return
      // The data of one board does not affect the others.
      if (taken.length > 1) for (const one of taken) await writeChanges([one])
      // Its steps matter more than its texts.
      else if (taken.some(hasText)) await writeChanges(taken.map(withoutText))
      else if (mayRetry === mayPass) await writeChanges(taken, createTries(bareTries))
      else logger.error({ err: error, runId: taken[0]?.board.id }, 'a board was refused')
    }
  }
  const writeEndings = async (ended: Ending[]): Promise<void> => {
    try {
      await write(finish, ended, toEnds(ended))
      for (const { resolve } of ended) resolve()
    } catch (error) {
      const [first] = ended
      if (ended.length > 1) for (const one of ended) await writeEndings([one])
      else if (first && first.end.status === 'completed' && isDataFault(error)) {
        logger.error({ err: error, runId: first.board.id }, 'an output was refused by the database')
        await writeEndings([{ ...first, end: unstorable }])
      } else first?.reject(error)
    }
  }
  const write = async (
    query: string,
    written: { board: Board }[],
    values: unknown[],
    mayRetry?: (error: unknown) => boolean,
  ): Promise<void> => {
    if (written.length === 0) return
    const { rows } = await untilWritten(logger, () => pool.query(query, values), mayRetry)
    const held = new Set(rows.map(({ id }) => id))
    for (const { board } of written) if (!held.has(board.id)) lost(board)
  }
  const writeSoon = (): void => {
    if (isWriting) return
    isWriting = true
    // What a workflow says in one turn goes together: a step that ends, and the next that begins.
    setImmediate(() => {
      writeAll().catch((error: unknown) => {
        isWriting = false
        logger.error({ err: error }, 'how far workflows are could not be written')
      })
    })
  }
  return {
    changed(board) {
      dirty.add(board)
      writeSoon()
    },
    ended: (board, end) =>
      new Promise((resolve, reject) => {
        endings.push({ board, end, resolve, reject })
        writeSoon()
      }),
    flushed: () =>
      new Promise((resolve) => {
        waiting.push(resolve)
        writeSoon()
      }),
  }
}
