import type { RunRow } from '@headway/core'
import type { AnyRunView } from '@headway/core/adapter'

/** The key of a row, by which it is the same from one view to the next. */
export function keyOf({ kind, id }: RunRow): string {
  return `${kind} ${id}`
}

/**
 * The rows to show: those under way as they come, then those that have ended, the last end first. A
 * run that is just ending may come twice, and is there once. Pure.
 */
export function sortRows(all: readonly RunRow[]): RunRow[] {
  const rows = [...new Map(all.map((row) => [keyOf(row), row])).values()]
  const ended = rows.filter(({ view }) => !view.isActive)
  const endOf = ({ view }: RunRow): number => view.finishedAt ?? 0
  return [
    ...rows.filter(({ view }) => view.isActive),
    ...ended.sort((one, other) => endOf(other) - endOf(one)),
  ]
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
