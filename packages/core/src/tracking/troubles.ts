import type { ResolvedOptions } from '../options.ts'
import type { Cell } from './cell.ts'

/** A target that had no trouble for this long has none, in milliseconds. */
const calmMs = 30_000

/** How often targets have been in trouble lately. */
export interface Troubles {
  /** Notes that a target is in trouble: how many times in a row, from 1. */
  count(cell: Cell): number
}

/** Counts the troubles that a server tells of its targets, so that they are asked about ever more rarely. */
export function createTroubles({ elapsed }: Pick<ResolvedOptions, 'elapsed'>): Troubles {
  const noted = new WeakMap<Cell, { times: number; atMs: number }>()
  return {
    count(cell) {
      const atMs = elapsed()
      const last = noted.get(cell)
      const times = last && atMs - last.atMs < calmMs ? last.times + 1 : 1
      noted.set(cell, { times, atMs })
      return times
    },
  }
}
