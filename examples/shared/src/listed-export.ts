import type { Api } from '../../backend/src/api.ts'

/** One row of the query `newest_exports`. Its `createdAt` is ISO 8601 text. */
export type ListedExport = Api['queries']['newest_exports']['output'][number]

/** The list without one export: an optimistic deletion. */
export function withoutExport(exports: ListedExport[], id: string): ListedExport[] {
  return exports.filter((listed) => listed.id !== id)
}
