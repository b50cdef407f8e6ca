import {
  type Client,
  type GroupOutput,
  groupOf,
  type JobView,
  type Store,
  type WorkflowView,
  watchRuns,
} from '@headway/core'
import { jobs, type PageState, workflows } from '@headway/example-shared'
import { followRun } from './followed-run.ts'
import { whileShown } from './while-shown.ts'

/** The runs of the page, whichever scenario is shown. */
export interface PageRuns {
  exported: Store<JobView<{ rows: number }>>
  verified: Store<WorkflowView<unknown>>
  imported: Store<JobView<{ rows: number }>>
  batched: Store<JobView<GroupOutput>>
}

/** Follows the runs that the page's state names. */
export function followRuns(client: Client, page: PageState): PageRuns {
  // A file that is tried again by itself runs its batch again. A list of batches notices that: the
  // registration of an ended run is over.
  const batches = watchRuns(client, { name: jobs.import_file, limit: 5 })
  whileShown(page, 'batch', () => batches.subscribe(() => undefined))
  return {
    exported: followRun(page.jobId, (id) => client.attach(jobs.export_users, id)),
    verified: followRun(page.workflowId, (id) => client.attach(workflows.account_verification, id)),
    imported: followRun(page.importId, (id) => client.attach(jobs.import_users, id)),
    batched: followRun(page.batchId, (id) => client.attach(groupOf(jobs.import_file), id)),
  }
}
