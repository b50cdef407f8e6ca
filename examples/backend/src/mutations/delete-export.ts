import { rm } from 'node:fs/promises'
import { mutation, Refused, type ServerMutation } from '@headway/gateway'
import * as v from 'valibot'
import { exportFile, type KeptExport } from '../kept-exports.ts'

const input = v.object({ id: v.pipe(v.string(), v.uuid()) })

/** Deletes an export: its row, and its file in `folder`. Refuses if the export is gone. */
export function deleteExport(folder: string): ServerMutation<{ id: string }, void> {
  return mutation({
    input,
    run: async ({ sql, input: { id } }) => {
      const [deleted] = await sql<KeptExport>`
        delete from exports where job = ${id} returning job as id, format`
      if (!deleted) {
        throw new Refused('This export no longer exists', { code: 'NOT_FOUND', status: 404 })
      }
      // Last, because a rollback cannot undo it.
      await rm(exportFile(folder, deleted), { force: true })
    },
  })
}
