import { setTimeout as wait } from 'node:timers/promises'
import { parseJson } from '@headway/core/protocol'
import type { Logger } from 'pino'
import { describeError } from '../describe-error.ts'
import { inBackground } from '../handled.ts'
import { isDataFault } from '../postgres/failures.ts'
import type { Database } from '../postgres/pools.ts'
import { sql } from '../sql.ts'
import { type Note, toNote, troubleWith } from './note.ts'
import { createNoteOrder } from './note-order.ts'
import { createNoteQueue, type PlacedNote } from './note-queue.ts'
import { createShortMemory } from './short-memory.ts'

export { troubleWith } from './note.ts'

/** The channel of raw notes on reported jobs: `{ "job_id", "status"?, "progress"?, … }`. */
export const notifiedChannel = 'forge_job_updates'

/** The channel of the marks from which all gateways count the notes. */
export const markChannel = 'headway_note'

/** Makes a mark, in the transaction that begins to listen. */
export const makeMark = 'select headway.mark_notes()'

/** Merges raw notes into the reported jobs that they are about. */
export interface Notified {
  /** A note has come. */
  notified(payload: string): void
  /** A mark has come. */
  marked(payload: string): void
  /** A run may have changed, or begun. */
  runChanged(id: string): void
  /** Notes were missed. */
  lost(): void
  close(): void
}

/** The options of the merging of notes. */
export interface NotifiedOptions {
  logger: Logger
  /** A note on a run that takes none, such as one that an engine owns: a hint to read it. */
  hint(runIds: readonly string[]): void
  /** Notes are merged. Default `true`. */
  isMerging?: boolean
}

/**
 * The number of notes that are merged in one statement, and the numbers that may wait in all and
 * per run.
 */
const mostMerged = 500
const limits = { notes: 20_000, perRun: 16 }

/** The wait before a failed merge is repeated, in milliseconds. */
const mergeAgainMs = 500

/** The minimum interval between hints, in milliseconds, and the maximum number of hints at once. */
const hintMs = 100
const mostHints = 5_000

/** The minimum interval between log entries about dropped notes, in milliseconds. */
const complainMs = 10_000

/**
 * The time for which runs without notes are remembered, in milliseconds, and their maximum number.
 */
const refusedMs = 2_000
const mostRefused = 10_000

/**
 * Merges the raw notes that this gateway receives, in PostgreSQL's order, one statement at a time.
 * Every gateway merges all of them: the place of each decides, so a late note changes nothing. Only
 * reported runs take notes. Any role that may connect can send notes, so for other runs a note is
 * only a hint to read the row.
 */
export async function createNotified(
  pool: Pick<Database, 'query'>,
  { logger, hint, isMerging = true }: NotifiedOptions,
): Promise<Notified> {
  const { rows } = await pool.query<{ key: string }>(sql('runs/sql/read-note-key'))
  const order = createNoteOrder(rows[0]?.key ?? '')
  const queue = createNoteQueue(limits)
  const refused = createShortMemory(refusedMs, mostRefused)
  const complain = createComplaints(logger)
  let hints = new Set<string>()
  let hinting: NodeJS.Timeout | undefined
  /** The runs whose notes are being merged, without those that have changed since. */
  let merging = new Set<string>()
  let isBusy = false
  let isClosed = false

  const giveHint = (runId: string): void => {
    if (hints.size < mostHints) hints.add(runId)
    hinting ??= setTimeout(() => {
      hinting = undefined
      const given = [...hints]
      hints = new Set()
      if (!isClosed) hint(given)
    }, hintMs)
  }
  const merge = async (notes: readonly PlacedNote[]): Promise<void> => {
    merging = new Set(notes.map(({ note }) => note.runId))
    const { rows } = await pool.query<{ id: string }>(sql('runs/sql/merge-notified'), [
      notes.map(({ note }) => note.runId),
      notes.map(({ place: [epoch] }) => epoch),
      notes.map(({ place: [, number] }) => number),
      notes.map(({ note }) => JSON.stringify(note.fields)),
      notes.map(({ note }) => note.output),
    ])
    const takers = new Set(rows.map(({ id }) => id))
    for (const { note } of notes) {
      if (takers.has(note.runId)) continue
      giveHint(note.runId)
      // A run that has just changed may have begun.
      if (merging.has(note.runId)) refused.add(note.runId)
    }
  }
  const mergeAll = async (): Promise<void> => {
    isBusy = true
    let most = mostMerged
    while (queue.size > 0 && !isClosed) {
      const notes = queue.take(most)
      try {
        await merge(notes)
        most = mostMerged
      } catch (error) {
        if (isClosed) break
        const isOneRun = notes.at(-1)?.note.runId === notes[0]?.note.runId
        if (isDataFault(error) && isOneRun) {
          complain(error, notes[0]?.note.runId, 'the notes of a run were refused')
          continue
        }
        queue.putBack(notes)
        // Run by run, so that a refused one does not hold up the others.
        most = 1
        if (isDataFault(error)) continue
        complain(error, undefined, 'notes could not be merged; merging them again')
        await wait(mergeAgainMs, undefined, { ref: false })
      }
    }
    isBusy = false
  }

  return {
    notified(payload) {
      const place = order.next()
      const note = readNote(payload)
      if (typeof note === 'string') return complain(undefined, payload, note)
      if (!isMerging || refused.has(note.runId)) return giveHint(note.runId)
      if (place === null) return complain(undefined, payload, 'a note came before the first mark')
      if (!queue.add({ note, place })) return complain(undefined, payload, 'too many notes wait')
      if (!isBusy) inBackground(mergeAll(), logger, 'the merging of notes has stopped')
    },
    marked: order.mark,
    runChanged(id) {
      refused.delete(id)
      merging.delete(id)
    },
    lost: order.lost,
    close() {
      isClosed = true
      clearTimeout(hinting)
    },
  }
}

/** A note, or the problem with it. Never throws: any role that may connect can send one. */
function readNote(payload: string): Note | string {
  try {
    const fields = parseJson(payload)
    return troubleWith(fields) ?? toNote(fields as Record<string, unknown>)
  } catch (error) {
    // Such as an output that is nested deeper than the stack.
    return `the payload cannot be read: ${describeError(error)}`
  }
}

/** Logs problems of notes, but not each: a stranger can send any number. */
function createComplaints(logger: Logger) {
  let silentUntil = 0
  let dropped = 0
  return (error: unknown, about: string | undefined, trouble: string): void => {
    if (performance.now() < silentUntil) {
      dropped += 1
      return
    }
    silentUntil = performance.now() + complainMs
    const more = {
      ...(error !== undefined && { err: error }),
      about: about?.slice(0, 200),
      dropped,
    }
    logger.warn(more, `${notifiedChannel}: ${trouble}`)
    dropped = 0
  }
}
