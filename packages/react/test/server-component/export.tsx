'use client'

import { defineJob } from '@headway/core'
import { useJob } from '@headway/react'

/** A client component that shows a job. */
export function Export() {
  const job = useJob(defineJob('export_users'), { jobId: 'job-1' })
  return <output>{job.loading ? 'loading' : job.phase}</output>
}
