import type { Client } from '@headway/core'
import { announcement, exportUsers, type PageState } from '@headway/example-shared'

/** Tells screen readers of the job that everybody follows, and of trouble, in one live region for the whole page. */
export function announce(client: Client, page: PageState, region: HTMLElement): void {
  let job = client.attach(exportUsers, page.jobId.getSnapshot())
  let before = job.getSnapshot()
  const listen = (): void => {
    const after = job.getSnapshot()
    const text = announcement(before, after)
    before = after
    if (text !== null) region.textContent = text
  }
  let stop = job.subscribe(listen)
  page.jobId.subscribe(() => {
    stop()
    job = client.attach(exportUsers, page.jobId.getSnapshot())
    stop = job.subscribe(listen)
    listen()
  })
  page.trouble.subscribe(() => {
    region.textContent = page.trouble.getSnapshot()
  })
}
