import type { Client } from '@headway/core'
import { createUpload } from '@headway/core/upload'
import { describeImport, jobs, mutations, type PageState } from '@headway/example-shared'
import { createImportPanel } from './import-panel.ts'
import { showAge } from './show-age.ts'

/** Shows the import panel in plain TypeScript. Returns a function that removes it. */
export function mountImport(element: HTMLElement, client: Client, page: PageState): () => void {
  const panel = createImportPanel(element)
  // #region code
  const upload = createUpload(client, mutations.upload_users)
  let job = client.attach(jobs.import_users, page.importId.getSnapshot())
  const show = () => {
    const view = job.getSnapshot()
    const [now, refusal] = [page.now.getSnapshot(), page.refusal.getSnapshot()]
    const text = describeImport(upload.getSnapshot(), view, now, refusal)
    panel.show(text, view.sync.status)
  }
  let stopWatching = job.subscribe(show)

  // The answer names the job: all panels follow it.
  panel.onImport((file) => page.followImport(upload.send({ file })))
  // #endregion
  panel.onCancel(() => {
    if (upload.getSnapshot().status === 'sending') upload.cancel()
    else page.attempt('The import was not cancelled', job.cancel())
  })
  const attach = (): void => {
    stopWatching()
    job.unsubscribe()
    job = client.attach(jobs.import_users, page.importId.getSnapshot())
    stopWatching = job.subscribe(show)
    show()
  }
  const stops = [
    upload.subscribe(show),
    page.importId.subscribe(attach),
    page.refusal.subscribe(show),
    showAge(page, () => job.getSnapshot(), show),
  ]
  show()

  return () => {
    for (const stop of [...stops, stopWatching]) stop()
    job.unsubscribe()
    element.replaceChildren()
  }
}
