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

/** Writes the visible state of any number of runs, many in one statement. */
export interface BoardWriter {
  /** A board has changed. Its newest state is written when its turn comes. */
  changed(board: Board): void
  /**
   * A run has ended. Resolves when its end, and everything before it, is written. Rejects when the
   * database refuses the values.
   */
  ended(board: Board, end: WorkflowEnd): Promise<void>
  /** Resolves when everything that changed before is written. */
  flushed(): Promise<void>
}

/** The end of a run that is to be written, and its caller. */
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

/** The number of tries to write a board without any text that could be refused. */
const bareTries = 5

/** Tries this often, whatever the error is. */
function createTries(most: number): (error: unknown) => boolean {
  let tries = 0
  return (error) => !isPoolClosed(error) && ++tries < most
}

/**
 * The maximum size of the outputs in one statement, beyond those of a single run, in characters.
 */
const maxOutputChars = 8 * 1_048_576

/**
 * From this number of runs on, changes are collected before a write, for this time in milliseconds.
 */
const [crowd, collectMs] = [50, 50]

/**
 * Writes at once, with one statement at a time: changes during a write go with the next. So a
 * thousand workflows cost as many statements as one. States in between may be missing, the last one
 * never is.
 *
 * @param lost called with a run that another worker has taken
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
      else
        logger.error(
          { err: error, runId: taken[0]?.board.id },
          'the state of a workflow was refused by the database',
        )
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
    // The changes of one turn belong together: the end of a step, and the beginning of the next.
    setImmediate(() => {
      writeAll().catch((error: unknown) => {
        isWriting = false
        logger.error({ err: error }, 'the state of workflows could not be written')
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
