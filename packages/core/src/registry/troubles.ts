import type { ResolvedOptions } from '../options.ts'
import type { Cell } from './cell.ts'

/** After this long without trouble the count starts again, in milliseconds. */
const calmMs = 30_000

/**
 * Counts how often the server reports trouble with a target, so that the client asks ever more
 * rarely.
 */
export interface Troubles {
  /** Counts one more. Returns how many came in a row, from 1. */
  count(cell: Cell): number
}

/** Creates a count for each cell. */
export function createTroubles({ elapsed }: Pick<ResolvedOptions, 'elapsed'>): Troubles {
  const latest = new WeakMap<Cell, { times: number; atMs: number }>()
  return {
    count(cell) {
      const atMs = elapsed()
      const last = latest.get(cell)
      const times = last && atMs - last.atMs < calmMs ? last.times + 1 : 1
      latest.set(cell, { times, atMs })
      return times
    },
  }
}
