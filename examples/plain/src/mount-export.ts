import type { Client } from '@headway/core'
import { jobs, type PageState } from '@headway/example-shared'
import { createExportPanel } from './export-panel.ts'
import { showAge } from './show-age.ts'

/** Shows the export panel in plain TypeScript. Returns a function that removes it. */
export function mountExport(element: HTMLElement, client: Client, page: PageState): () => void {
  const panel = createExportPanel(element)
  // #region code
  let job = client.attach(jobs.export_users, undefined)
  const show = () => panel.show(job.getSnapshot(), page.now.getSnapshot())
  let watching = job.state$.subscribe(show)

  const start = () => {
    const format = page.format.getSnapshot()
    return client.start(jobs.export_users, { format })
  }
  const cancel = () => page.attempt('The export was not cancelled', job.cancel())
  // #endregion

  const follow = (next: typeof job): void => {
    watching.unsubscribe()
    job.unsubscribe()
    job = next
    watching = job.state$.subscribe((view) => {
      show()
      page.report(view)
    })
  }
  const attach = (): void => {
    const jobId = page.jobId.getSnapshot()
    if (jobId !== job.getSnapshot().jobId) follow(client.attach(jobs.export_users, jobId))
  }
  panel.onExport(() => follow(start()))
  panel.onCancel(cancel)
  const stops = [page.jobId.subscribe(attach), showAge(page, () => job.getSnapshot(), show)]
  attach()

  return () => {
    for (const stop of stops) stop()
    watching.unsubscribe()
    job.unsubscribe()
    element.replaceChildren()
  }
}
