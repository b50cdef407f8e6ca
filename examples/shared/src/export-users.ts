import { defineJob } from '@headway/core'

/** The job that every example starts: it writes all users to a file. */
export const exportUsers = defineJob<
  { format: 'csv' | 'json' },
  { downloadUrl: string; rows: number }
>('export_users')
