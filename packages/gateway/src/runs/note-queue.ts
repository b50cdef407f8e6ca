import { fold, type Note } from './note.ts'
import type { Place } from './note-order.ts'

/** A note, and where it stands among all. */
export interface PlacedNote {
  note: Note
  place: Place
}

/** The maximum numbers of waiting notes. */
export interface NoteLimits {
  /** The maximum of all runs together. */
  notes: number
  /** The maximum of one run: beyond it the last two notes are merged. */
  perRun: number
}

/** Notes that wait to be merged, in their order within each run. */
export interface NoteQueue {
  readonly size: number
  /** `false` when the queue is full. */
  add(placed: PlacedNote): boolean
  /**
   * Removes the runs that have waited longest, up to about `most` notes, and returns their notes.
   */
  take(most: number): PlacedNote[]
  /** Puts taken notes back, before later ones. */
  putBack(notes: readonly PlacedNote[]): void
}

/** An empty queue. Plain data, no effects. */
export function createNoteQueue(limits: NoteLimits): NoteQueue {
  let byRun = new Map<string, PlacedNote[]>()
  let size = 0

  return {
    get size() {
      return size
    },
    add(placed) {
      const { runId } = placed.note
      const waiting = byRun.get(runId)
      const last = waiting?.at(-1)
      if (waiting && last && waiting.length >= limits.perRun) {
        waiting[waiting.length - 1] = { note: fold(last.note, placed.note), place: placed.place }
        return true
      }
      if (size >= limits.notes) return false
      if (waiting) waiting.push(placed)
      else byRun.set(runId, [placed])
      size += 1
      return true
    },
    take(most) {
      const taken: PlacedNote[] = []
      for (const [runId, notes] of byRun) {
        if (taken.length >= most) break
        byRun.delete(runId)
        size -= notes.length
        taken.push(...notes)
      }
      return taken
    },
    putBack(notes) {
      const later = byRun
      byRun = new Map()
      for (const placed of notes) {
        const { runId } = placed.note
        const waiting = byRun.get(runId) ?? []
        byRun.set(runId, waiting)
        waiting.push(placed)
      }
      for (const [runId, since] of later) {
        byRun.set(runId, [...(byRun.get(runId) ?? []), ...since])
      }
      size += notes.length
    },
  }
}
