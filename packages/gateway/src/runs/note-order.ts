import { createHash } from 'node:crypto'

/**
 * The place of a note in the order of all notes, the same at every gateway: the number of a mark,
 * and the number of notes since it.
 */
export type Place = readonly [epoch: number, number: number]

/** Counts the notes of a channel, as every other gateway on the same database does. */
export interface NoteOrder {
  /**
   * A mark has come. It has no effect when its signature is wrong, or when it is not newer than the
   * last one.
   */
  mark(payload: string): void
  /** The place of the note that has come now; `null` before the first mark. */
  next(): Place | null
  /** Notes were missed: places are unknown until the next mark. */
  lost(): void
}

/**
 * The order of notes. All gateways receive the same notes in the same order, some sooner than
 * others. They count from the same mark, so each note has the same place everywhere.
 *
 * @param key the key that signs marks
 */
export function createNoteOrder(key: string): NoteOrder {
  let epoch: number | null = null
  let number = 0
  return {
    mark(payload) {
      const marked = readMark(key, payload)
      if (marked === null || marked <= (epoch ?? 0)) return
      epoch = marked
      number = 0
    },
    next() {
      if (epoch === null) return null
      number += 1
      return [epoch, number]
    },
    lost() {
      epoch = null
    },
  }
}

/**
 * The number of a mark, as `headway.mark_notes` signs it; `null` when its signature is wrong. Pure.
 */
function readMark(key: string, payload: string): number | null {
  const [epoch = '', digest] = payload.split('.')
  if (!/^\d{1,15}$/.test(epoch)) return null
  const expected = createHash('sha256').update(`${key}.${epoch}`).digest('hex')
  return digest === expected ? Number(epoch) : null
}
