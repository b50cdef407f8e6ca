import type { Client, JobView, Store, WorkflowView } from '@headway/core'
import { jobs, type PageState, workflows } from '@headway/example-shared'
import { followRun } from './followed-run.ts'

/** The runs of the page, whichever scenario is shown. */
export interface PageRuns {
  exported: Store<JobView<{ rows: number }>>
  verified: Store<WorkflowView<unknown>>
  imported: Store<JobView<{ rows: number }>>
}

/** Follows the runs that the page's state names. */
export function followRuns(client: Client, page: PageState): PageRuns {
  return {
    exported: followRun(page.jobId, (id) => client.attach(jobs.export_users, id)),
    verified: followRun(page.workflowId, (id) => client.attach(workflows.account_verification, id)),
    imported: followRun(page.importId, (id) => client.attach(jobs.import_users, id)),
  }
}
