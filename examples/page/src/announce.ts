import type { Client } from '@headway/core'
import {
  announcement,
  importAnnouncement,
  jobs,
  type PageState,
  workflowAnnouncement,
  workflows,
} from '@headway/example-shared'

/** Announces the page's export, and its trouble, to screen readers in one live region. */
export function announce(client: Client, page: PageState, region: HTMLElement): void {
  const attach = () => client.attach(jobs.export_users, page.jobId.getSnapshot())
  announceChanges(page.jobId, attach, announcement, region)
  page.trouble.subscribe(() => {
    region.textContent = page.trouble.getSnapshot()
  })
}

/** Announces the page's workflow. */
export function announceWorkflow(client: Client, page: PageState, region: HTMLElement): void {
  const attach = () => client.attach(workflows.account_verification, page.workflowId.getSnapshot())
  announceChanges(page.workflowId, attach, workflowAnnouncement, region)
}

/** Announces the page's import. */
export function announceImport(client: Client, page: PageState, region: HTMLElement): void {
  const attach = () => client.attach(jobs.import_users, page.importId.getSnapshot())
  announceChanges(page.importId, attach, importAnnouncement, region)
}

interface Followed<TView> {
  getSnapshot(): TView
  subscribe(listener: () => void): () => void
}

/** Writes the text for each change into `region`. A new `id` switches to another run. */
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
