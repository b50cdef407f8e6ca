import type { QueryView } from '@headway/core'
import { sayAgo, sayBytes } from './amount-text.ts'
import type { ListedExport } from './listed-export.ts'
import { noticeOf } from './sync-text.ts'

/** One export in words. */
export interface ExportText {
  id: string
  format: string
  /** How much there is in it. */
  amount: string
  when: string
  /** When exactly, for `datetime`. */
  createdAt: string
  url: string
  /** What its buttons are about, for whoever does not see the row: `CSV export of 14:03:22`. */
  name: string
}

/** The newest exports in words, the same in every panel. */
export interface ExportsText {
  exports: ExportText[]
  /** Why there are none; empty when there are. */
  hint: string
  /** What may be wrong with what is shown; empty when it is live. */
  notice: string
}

/** Says what a panel shows of the newest exports. Pure. */
export function describeExports(query: QueryView<ListedExport[]>, now: number): ExportsText {
  const exports = (query.data ?? []).map((listed) => toText(listed, now))
  return {
    exports,
    hint: exports.length === 0 ? hintOf(query) : '',
    notice: query.data === null ? '' : noticeOfQuery(query),
  }
}

function toText({ id, format, rows, bytes, createdAt }: ListedExport, now: number): ExportText {
  const at = new Date(createdAt)
  return {
    id,
    format: format.toUpperCase(),
    amount: `${rows.toLocaleString('en')} rows, ${sayBytes(bytes)}`,
    when: sayAgo(at.getTime(), now),
    createdAt,
    url: `/exports/${id}.${format}`,
    name: `${format.toUpperCase()} export of ${at.toLocaleTimeString('en-GB')}`,
  }
}

function hintOf({ data, error }: QueryView<unknown>): string {
  if (data !== null) return 'No exports yet: press Export above.'
  return error ? `They cannot be looked up: ${error.message}` : 'Looking them up'
}

function noticeOfQuery({ error, sync }: QueryView<unknown>): string {
  return error ? `May be out of date: ${error.message}` : noticeOf(sync)
}
