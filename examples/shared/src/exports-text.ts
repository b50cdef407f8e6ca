import type { QueryView } from '@headway/core'
import { formatAgo, formatBytes } from './amount-text.ts'
import type { ListedExport } from './listed-export.ts'
import { noticeOf } from './sync-text.ts'

/** One row of the list in words. */
export interface ExportText {
  id: string
  format: string
  /** Such as `50,000 rows, 3.2 MB`. */
  amount: string
  when: string
  /** ISO 8601 text, for `datetime`. */
  createdAt: string
  url: string
  /** For the labels of its buttons: `CSV export of 14:03:22`. */
  name: string
}

/** The newest exports in words. All panels show the same. */
export interface ExportsText {
  exports: ExportText[]
  /** The reason for an empty list; empty if there are exports. */
  hint: string
  /** A warning when the view may be out of date; empty while it is live. */
  notice: string
}

/** The texts of the list panel. Pure. */
export function describeExports(query: QueryView<ListedExport[]>, now: number): ExportsText {
  const exports = (query.data ?? []).map((listed) => toText(listed, now))
  return {
    exports,
    hint: exports.length === 0 ? hintOf(query) : '',
    notice: query.data === null ? '' : noticeOfQuery(query, now),
  }
}

function toText({ id, format, rows, bytes, createdAt }: ListedExport, now: number): ExportText {
  const at = new Date(createdAt)
  return {
    id,
    format: format.toUpperCase(),
    amount: `${rows.toLocaleString('en')} rows, ${formatBytes(bytes)}`,
    when: formatAgo(at.getTime(), now),
    createdAt,
    url: `/exports/${id}.${format}`,
    name: `${format.toUpperCase()} export of ${at.toLocaleTimeString('en-GB')}`,
  }
}

function hintOf({ data, error }: QueryView<unknown>): string {
  if (data !== null) return 'No exports yet: press “Start an export”.'
  return error ? `The list cannot be loaded: ${error.message}` : 'Loading'
}

function noticeOfQuery({ error, sync }: QueryView<unknown>, now: number): string {
  return error ? `May be out of date: ${error.message}` : noticeOf(sync, now)
}
