import type { Client } from '@headway/core'
import {
  announcement,
  importAnnouncement,
  jobs,
  type PageState,
  workflowAnnouncement,
  workflows,
} from '@headway/example-shared'

/** Tells screen readers of the job that everybody follows, and of trouble, in one live region for the whole page. */
export function announce(client: Client, page: PageState, region: HTMLElement): void {
  const attach = () => client.attach(jobs.export_users, page.jobId.getSnapshot())
  announceChanges(page.jobId, attach, announcement, region)
  page.trouble.subscribe(() => {
    region.textContent = page.trouble.getSnapshot()
  })
}

/** The same of the workflow that everybody follows. */
export function announceWorkflow(client: Client, page: PageState, region: HTMLElement): void {
  const attach = () => client.attach(workflows.account_verification, page.workflowId.getSnapshot())
  announceChanges(page.workflowId, attach, workflowAnnouncement, region)
}

/** The same of the import that everybody follows. */
export function announceImport(client: Client, page: PageState, region: HTMLElement): void {
  const attach = () => client.attach(jobs.import_users, page.importId.getSnapshot())
  announceChanges(page.importId, attach, importAnnouncement, region)
}

/** What is followed, and tells of its changes. */
interface Followed<TView> {
  getSnapshot(): TView
  subscribe(listener: () => void): () => void
}

/** Says in `region` what is to be said of each change of what is followed, whichever that is. */
function announceChanges<TView>(
  id: Followed<unknown>,
  attach: () => Followed<TView>,
  say: (before: TView, after: TView) => string | null,
  region: HTMLElement,
): void {
  let followed = attach()
  let before = followed.getSnapshot()
  const listen = (): void => {
    const after = followed.getSnapshot()
    const text = say(before, after)
    before = after
    if (text !== null) region.textContent = text
  }
  let stop = followed.subscribe(listen)
  id.subscribe(() => {
    stop()
    followed = attach()
    stop = followed.subscribe(listen)
    listen()
  })
}
