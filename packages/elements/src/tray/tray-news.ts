import type { RunRow } from '@headway/core'
import type { AnyRunView } from '@headway/core/adapter'
import { keyOf } from './tray-rows.ts'

/** The views that a tray has shown, by the keys of their rows. */
export type SeenViews = ReadonlyMap<string, AnyRunView>

/** A run that has ended since the last look. */
export interface EndedRun {
  row: RunRow
  before: AnyRunView
}

/**
 * The runs that have ended since the last look, and what was seen now. A run that was not seen
 * under way, as when the page comes, is no news. Pure.
 */
export function newsOf(
  seen: SeenViews,
  rows: readonly RunRow[],
): { seen: SeenViews; ended: EndedRun[] } {
  const ended = rows.flatMap((row) => {
    const before = seen.get(keyOf(row))
    return before?.isActive && row.view.isDone ? [{ row, before }] : []
  })
  return { seen: new Map(rows.map((row) => [keyOf(row), row.view])), ended }
}
