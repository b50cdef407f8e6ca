import { type Client, groupOf, startMany, watchRuns } from '@headway/core'
import {
  batchFiles,
  describeBatch,
  describeFile,
  describeFiles,
  jobs,
  type PageState,
} from '@headway/example-shared'
import { createBatchPanel } from './batch-panel.ts'

/** Shows the batch panel in plain TypeScript. Returns a function that removes it. */
export function mountBatch(element: HTMLElement, client: Client, page: PageState): () => void {
  const panel = createBatchPanel(element)
  // #region code
  let group = client.attach(groupOf(jobs.import_file), page.batchId.getSnapshot())
  const listFiles = () => {
    const parent = group.getSnapshot().jobId
    return watchRuns(client, { name: jobs.import_file, parent, limit: 10 })
  }

  const start = () =>
    startMany(client, jobs.import_file, batchFiles, {
      title: 'Users in 20 files',
      label: ({ file }) => ({ title: file }),
    })
  const cancel = () => page.attempt('The batch was not cancelled', group.cancel())
  const retry = () => page.attempt('The batch was not tried again', group.retry())
  // #endregion
  let files: ReturnType<typeof listFiles> | null = null
  let isOpen = false
  let listed = ''
  let stopList = (): void => undefined

  const show = (): void => {
    const [view, now] = [group.getSnapshot(), page.now.getSnapshot()]
    const text = describeBatch(view, now)
    panel.show(text, view.phase, view.sync.status)
    if (!files) return
    const list = files.getSnapshot()
    const rows = list.runs.map((run) => ({ run, text: describeFile(run, now) }))
    panel.showFiles(describeFiles(list, text, now), rows)
  }
  /** Lists the files of the group while the list is unfolded. */
  const showList = (): void => {
    const wanted = isOpen ? group.getSnapshot().jobId : ''
    if (wanted === listed) return
    listed = wanted
    stopList()
    files = wanted === '' ? null : listFiles()
    stopList = files?.subscribe(show) ?? (() => undefined)
  }
  const onChange = (): void => {
    page.reportBatch(group.getSnapshot())
    showList()
    show()
  }
  let stopWatching = group.subscribe(onChange)
  const follow = (next: typeof group): void => {
    stopWatching()
    group.unsubscribe()
    group = next
    stopWatching = group.subscribe(onChange)
    onChange()
  }
  panel.on('start', () => follow(start()))
  panel.on('cancel', cancel)
  panel.on('retry', retry)
  panel.on('showMore', () => files?.loadMore())
  panel.onToggle((now) => {
    isOpen = now
    onChange()
  })
  panel.onCancelFile((run) => page.attempt('The file was not cancelled', run.cancel()))
  panel.onRetryFile((run) => page.attempt('The file was not tried again', run.retry()))
  const attach = (): void => {
    const id = page.batchId.getSnapshot()
    if (id !== group.getSnapshot().jobId) follow(client.attach(groupOf(jobs.import_file), id))
  }
  const stops = [page.batchId.subscribe(attach), page.now.subscribe(show)]
  onChange()

  return () => {
    for (const stop of [...stops, stopWatching, stopList]) stop()
    group.unsubscribe()
    element.replaceChildren()
  }
}
