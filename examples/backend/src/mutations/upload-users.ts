import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import {
  isUploadedFile,
  mutation,
  Refused,
  type ServerJob,
  type ServerMutation,
  type UploadedFile,
} from '@headway/gateway'
import * as v from 'valibot'
import { removeOldFiles } from '../remove-old-files.ts'

const input = v.object({ file: v.custom<UploadedFile>(isUploadedFile, 'Expected one file') })

type Args = v.InferOutput<typeof input>

export interface UploadOptions {
  /** The job that imports the file. */
  importUsers: ServerJob<{ file: string }, unknown>
  /** The folder of the uploaded files. */
  folder: string
}

const dayMs = 24 * 3_600_000

/**
 * Accepts a CSV of users and starts the job that imports it. It checks the content, not the type:
 * browsers send CSV as `text/csv`, as `application/vnd.ms-excel`, or without a type.
 */
export function uploadUsers({
  importUsers,
  folder,
}: UploadOptions): ServerMutation<Args, { job: string }> {
  return mutation({
    input,
    files: { maxBytes: 10 * 2 ** 20, maxFiles: 1 },
    run: async ({ input: { file }, start }) => {
      if (!(await isText(file))) {
        throw new Refused(`“${file.name}” is not a CSV file: save it as text in UTF-8`)
      }
      // A job cancelled before it began leaves its file behind: remove those after a day.
      await removeOldFiles(folder, dayMs)
      // Users can start this job with any arguments: only names made here lead to a file.
      const name = randomUUID()
      const job = await start(importUsers, { file: name })
      // Last, because a rollback cannot undo it.
      await file.moveTo(join(folder, `${name}.csv`))
      return { job }
    },
  })
}

/** True if a file is UTF-8 without NUL, which PostgreSQL refuses in text. */
async function isText(file: UploadedFile): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for await (const bytes of file.stream()) {
      if (decoder.decode(bytes, { stream: true }).includes('\0')) return false
    }
    decoder.decode()
    return true
  } catch {
    return false
  }
}
