import { rm } from 'node:fs/promises'
import { mutation, Refused, type ServerMutation } from '@headway/gateway'
import * as v from 'valibot'
import { exportFile, type KeptExport } from '../kept-exports.ts'

const input = v.object({ id: v.pipe(v.string(), v.uuid()) })

/** Deletes an export: its row, and its file in `folder`. Refuses where there is none any more. */
export function deleteExport(folder: string): ServerMutation<{ id: string }, void> {
  return mutation({
    input,
    run: async ({ sql, input: { id } }) => {
      const [deleted] = await sql<KeptExport>`
        delete from exports where job = ${id} returning job as id, format`
      if (!deleted) {
        throw new Refused('There is no such export any more', { code: 'NOT_FOUND', status: 404 })
      }
      // Last, since it is no part of the transaction.
      await rm(exportFile(folder, deleted), { force: true })
    },
  })
}
