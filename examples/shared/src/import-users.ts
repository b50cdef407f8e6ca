import { defineJob, defineMutation } from '@headway/core'

/** Takes a CSV of users in, and starts the job that imports it. */
export const uploadUsers = defineMutation<{ file: Blob }, { job: string }>('upload_users')

/** The job that is followed then. `file` is the server's own name for what it was sent. */
export const importUsers = defineJob<{ file: string }, { rows: number }>('import_users')
