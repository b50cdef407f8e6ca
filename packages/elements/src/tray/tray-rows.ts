import type { RunRow, RunsView } from '@headway/core'
import type { AnyRunView } from '@headway/core/adapter'

/** The key of a row, by which it is the same from one view to the next. */
export function keyOf({ kind, id }: RunRow): string {
  return `${kind} ${id}`
}

/**
 * The rows to show: those that have not ended, then those that have, each the newest first. A run
 * that is just ending may be in both lists, or in the first one with its end. Pure.
 */
export function mergeRows(active: RunsView, ended: RunsView): RunRow[] {
  const rows = new Map<string, RunRow>()
  for (const row of [...active.runs, ...ended.runs]) {
    if (!rows.has(keyOf(row))) rows.set(keyOf(row), row)
  }
  const all = [...rows.values()]
  return [...all.filter(({ view }) => view.isActive), ...all.filter(({ view }) => !view.isActive)]
}

/** What a person can do with a run. */
export interface RowActions {
  canCancel: boolean
  canRetry: boolean
  canDownload: boolean
}

/** What a person can do with a run in this state. Pure. */
export function actionsOf({ phase, isActive }: AnyRunView, hasFile: boolean): RowActions {
  return {
    canCancel: isActive && phase !== 'starting' && phase !== 'cancelling',
    canRetry: phase === 'failed' || phase === 'cancelled',
    canDownload: phase === 'succeeded' && hasFile,
  }
}

/** The name of a run for people. */
export function titleOf({ title, name }: RunRow): string {
  return title ?? name.replace(/_/g, ' ')
}

/**
 * The address as a link may have it, or `null`: an output may come from anywhere, and
 * `javascript:` in it would run. Pure.
 *
 * @param base the address of the page
 */
export function toSafeHref(url: string | URL | null | undefined, base: string): string | null {
  if (!url || !URL.canParse(url, base)) return null
  const { protocol, href } = new URL(url, base)
  return ['http:', 'https:', 'blob:'].includes(protocol) ? href : null
}
