'use client'

import { jobsOf } from '@headway/core'
import { useJob } from '@headway/react'
import type { Api } from '@/server/headway'

const { export_users } = jobsOf<Api>()

export function Export() {
  const job = useJob(export_users, { persist: 'export' })
  return (
    <section data-phase={job.phase}>
      <button type="button" disabled={job.isActive} onClick={() => job.start({ format: 'csv' })}>
        Export
      </button>
      <progress value={job.progress ?? 0} max={100} />
      <p>{job.error ?? job.output?.file ?? job.message}</p>
    </section>
  )
}
