import { setTimeout as wait } from 'node:timers/promises'
import type { Logger } from 'pino'
import { toErrorText, toMessageText } from '../bound-text.ts'
import { whileAway } from '../runs/while-away.ts'
import { sql } from '../sql.ts'
import type { Board } from './board.ts'
import type { WorkflowEnd } from './workflow-recorder.ts'

/** The part of a `pg.Pool` that is needed. */
interface Queryable {
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
  pool: Queryable,
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
      await write(changes, boards, toChanges(boards)).catch((error: unknown) => {
        logger.warn({ err: error }, 'how far workflows are was refused by the database')
      })
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
  const writeEndings = async (ended: Ending[]): Promise<void> => {
    const boards = ended.map(({ board }) => board)
    try {
      await write(finish, boards, toEnds(ended))
      for (const { resolve } of ended) resolve()
    } catch (error) {
      // What is refused of one is no reason to refuse the others.
      if (ended.length > 1) for (const one of ended) await writeEndings([one])
      else for (const { reject } of ended) reject(error)
    }
  }
  const write = async (query: string, boards: Board[], values: unknown[]): Promise<void> => {
    if (boards.length === 0) return
    const { rows } = await whileAway(logger, () => pool.query(query, values))
    const held = new Set(rows.map(({ id }) => id))
    for (const board of boards) if (!held.has(board.id)) lost(board)
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

function toChanges(boards: Board[]): unknown[] {
  const runs = boards.map((board) => ({ ...board.shown, id: board.id, claim: board.claim }))
  const steps = boards.flatMap((board) =>
    [...board.takeSteps()].map(([name, step]) => ({ ...step, name, runId: board.id })),
  )
  return [
    runs.map(({ id }) => id),
    runs.map(({ claim }) => claim),
    runs.map(({ status }) => status),
    runs.map(({ step }) => step),
    runs.map(({ waitingFor }) => waitingFor),
    runs.map(({ progress }) => progress),
    runs.map(({ message }) => message && toMessageText(message)),
    steps.map(({ runId }) => runId),
    steps.map(({ name }) => name),
    steps.map(({ ordinal }) => ordinal),
    steps.map(({ status }) => status),
    steps.map(({ error }) => error && toErrorText(error)),
  ]
}

function toEnds(ended: Ending[]): unknown[] {
  return [
    ended.map(({ board }) => board.id),
    ended.map(({ board }) => board.claim),
    ended.map(({ end }) => end.status),
    ended.map(({ end }) => end.output),
    ended.map(({ end }) => end.error && toErrorText(end.error)),
  ]
}
