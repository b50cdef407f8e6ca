import { useJob } from '@headway/react'
import { export_users } from '#jobs'

/** Starts an export and shows its progress, also after a reload of the page. */
export function ExportUsers() {
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
