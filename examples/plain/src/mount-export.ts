import type { Client } from '@headway/core'
import { jobs, type PageState } from '@headway/example-shared'
import { createExportPanel } from './export-panel.ts'

/** Shows the export panel in plain TypeScript. Returns a function that removes it. */
export function mountExport(element: HTMLElement, client: Client, page: PageState): () => void {
  const panel = createExportPanel(element)
  let job = client.attach(jobs.export_users, undefined)
  let watching = job.state$.subscribe(panel.show)

  const follow = (next: typeof job): void => {
    watching.unsubscribe()
    job.unsubscribe()
    job = next
    watching = job.state$.subscribe((view) => {
      panel.show(view)
      page.report(view)
    })
  }
  const attach = (): void => {
    const jobId = page.jobId.getSnapshot()
    if (jobId !== job.getSnapshot().jobId) follow(client.attach(jobs.export_users, jobId))
  }
  panel.onExport(() =>
    follow(client.start(jobs.export_users, { format: page.format.getSnapshot() })),
  )
  panel.onCancel(() => page.attempt('The export was not cancelled', job.cancel()))
  const stopFollowingPage = page.jobId.subscribe(attach)
  attach()

  return () => {
    stopFollowingPage()
    watching.unsubscribe()
    job.unsubscribe()
    element.replaceChildren()
  }
}
