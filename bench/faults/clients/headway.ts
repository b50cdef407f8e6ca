import { createClient, defineJob } from '@headway/core'
import type { OpenClient } from './client.ts'

const exportUsers = defineJob<null, null>('export_users')

/** A client with its defaults, and a listener per job. */
export const headway: OpenClient = (url, jobIds, show) => {
  const client = createClient({ url })
  for (const jobId of jobIds) {
    const job = client.attach(exportUsers, jobId)
    job.subscribe(() => {
      const { status, progress, revision } = job.getSnapshot()
      // Without a revision there is no answer yet.
      if (revision !== null) show(jobId, { status, progress, revision })
    })
  }
}
