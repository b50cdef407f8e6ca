import type { RunRow } from '@headway/core'
import { keyOf } from './tray-rows.ts'

/** A run as it was shown last. */
interface Seen {
  row: RunRow
  /** True if the tray has seen it under way. */
  wasActive: boolean
}

/** What a tray has shown last, by the keys of the rows. */
export type TrayMemory = ReadonlyMap<string, Seen>

/** The most runs that stay without being in a list. */
const mostKept = 20

/**
 * The runs that were seen under way and have left the lists, the last ones. On its way from one
 * list to the other a run is in neither, and one that took long is no longer among the newest when
 * it ends. Pure.
 */
export function leftBehind(memory: TrayMemory, listed: readonly RunRow[]): RunRow[] {
  const keys = new Set(listed.map(keyOf))
  const left = [...memory].filter(([key, { wasActive }]) => wasActive && !keys.has(key))
  return left.slice(-mostKept).map(([, { row }]) => row)
}

/**
 * The memory after these rows were shown, and those among them that have ended since. A run that
 * was not seen under way, as when the page comes, is no news. Pure.
 */
export function remember(
  memory: TrayMemory,
  rows: readonly RunRow[],
): { memory: TrayMemory; ended: RunRow[] } {
  const seen = rows.map((row): [string, Seen] => {
    const key = keyOf(row)
    return [key, { row, wasActive: row.view.isActive || memory.get(key)?.wasActive === true }]
  })
  const ended = rows.filter(
    (row) => row.view.isDone && memory.get(keyOf(row))?.row.view.isActive === true,
  )
  return { memory: new Map(seen), ended }
}
