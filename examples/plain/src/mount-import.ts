import type { Client } from '@headway/core'
import { createUpload } from '@headway/core/upload'
import { describeImport, jobs, mutations, type PageState } from '@headway/example-shared'
import { createImportPanel } from './import-panel.ts'

/** Shows the import panel in plain TypeScript. Returns a function that removes it. */
export function mountImport(element: HTMLElement, client: Client, page: PageState): () => void {
  const panel = createImportPanel(element)
  const upload = createUpload(client, mutations.upload_users)
  let job = client.attach(jobs.import_users, page.importId.getSnapshot())
  const show = (): void => {
    const view = job.getSnapshot()
    panel.show(describeImport(upload.getSnapshot(), view), view.sync.status)
  }
  let stopWatching = job.subscribe(show)
  const attach = (): void => {
    stopWatching()
    job.unsubscribe()
    job = client.attach(jobs.import_users, page.importId.getSnapshot())
    stopWatching = job.subscribe(show)
    show()
  }
  panel.onImport((file) => page.followImport(upload.send({ file })))
  panel.onCancel(() => {
    if (upload.getSnapshot().status === 'sending') upload.cancel()
    else page.attempt('The import was not cancelled', job.cancel())
  })
  const stops = [upload.subscribe(show), page.importId.subscribe(attach)]
  show()

  return () => {
    for (const stop of [...stops, stopWatching]) stop()
    job.unsubscribe()
    element.replaceChildren()
  }
}
