import { Subscription } from 'rxjs'
import type { ResolvedOptions } from '../options.ts'
import { after } from '../time/after.ts'
import type { Cell } from './cell.ts'
import { isRefused } from './sync-changes.ts'

/** The longest silence after which an unfinished run is read again, in milliseconds. */
const maxQuietMs = 300_000

/**
 * Reads targets again when the server has been silent about them. A server without revisions may
 * read a snapshot before it registers the target, and never push a change that falls in between.
 */
export interface QuietReads {
  /** Starts to call `read` with each cell that has been quiet, ever more rarely. */
  start(read: (cell: Cell) => void): void
  stop(): void
  /** Notes a push: the next silence is short again. */
  onPush(cell: Cell): void
  /** Notes an answer: the silence begins again, with the same limit. */
  onAnswer(cell: Cell): void
}

type QuietOptions = Pick<ResolvedOptions, 'quietMs' | 'scheduler' | 'elapsed'>

/** Creates the reads of `followed`. They stand still until `start()`. */
export function createQuietReads(
  { quietMs, scheduler, elapsed }: QuietOptions,
  followed: ReadonlySet<Cell>,
): QuietReads {
  let timer = Subscription.EMPTY
  const silences = new WeakMap<Cell, { sinceMs: number; limitMs: number }>()
  const silenceOf = (cell: Cell): { sinceMs: number; limitMs: number } => {
    const known = silences.get(cell)
    if (known) return known
    const silence = { sinceMs: 0, limitMs: quietMs }
    silences.set(cell, silence)
    return silence
  }
  return {
    start(read) {
      timer.unsubscribe()
      timer = after(quietMs, scheduler, quietMs).subscribe(() => {
        const now = elapsed()
        for (const cell of followed) {
          if (isRefused(cell.view.sync)) continue
          const silence = silenceOf(cell)
          if (now - silence.sinceMs < silence.limitMs) continue
          silence.limitMs = Math.min(maxQuietMs, silence.limitMs * 2)
          read(cell)
        }
      })
    },
    stop: () => timer.unsubscribe(),
    onPush(cell) {
      if (timer.closed) return
      const silence = silenceOf(cell)
      silence.sinceMs = elapsed()
      silence.limitMs = quietMs
    },
    onAnswer(cell) {
      if (!timer.closed) silenceOf(cell).sinceMs = elapsed()
    },
  }
}
