import { defineMutation, defineQuery } from '@headway/core'

/** An export that is kept, as the server lists it. */
export interface ListedExport {
  id: string
  format: 'csv' | 'json'
  rows: number
  bytes: number
  /** As ISO 8601 text. */
  createdAt: string
}

/** The live query that every example shows: the newest exports, the newest first. */
export const newestExports = defineQuery<null, ListedExport[]>('newest_exports')

/** Deletes one of them, with its file. */
export const deleteExport = defineMutation<{ id: string }, null>('delete_export')

/** The exports without the one that is being deleted: what is shown before the server has done it. Pure. */
export function withoutExport(exports: ListedExport[], id: string): ListedExport[] {
  return exports.filter((listed) => listed.id !== id)
}
