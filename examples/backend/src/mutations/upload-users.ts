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

/** What is done with a file, and where it waits for that. */
export interface UploadOptions {
  importUsers: ServerJob<{ file: string }, unknown>
  folder: string
}

const dayMs = 24 * 3_600_000

/**
 * Takes a CSV of users in, and starts the job that imports it. Whether it is one its content says: a browser may call
 * it `text/csv`, `application/vnd.ms-excel`, or nothing.
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
        throw new Refused(`“${file.name}” is no CSV: save it as text, in UTF-8`)
      }
      // A job that was cancelled before it began has removed nothing.
      await removeOldFiles(folder, dayMs)
      // Anybody may start a job with any arguments: a name made here leads nowhere but to this folder.
      const name = randomUUID()
      const job = await start(importUsers, { file: name })
      // Last, since it is no part of the transaction.
      await file.moveTo(join(folder, `${name}.csv`))
      return { job }
    },
  })
}

/** Whether a file is UTF-8 without NUL, which PostgreSQL does not take either. */
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
