import { type Client, watchRuns } from '@headway/core'
import { estimate } from '@headway/core/estimate'
import {
  describeRun,
  describeRuns,
  jobs,
  type ListedJob,
  type PageState,
} from '@headway/example-shared'
import { createRunsPanel } from './runs-panel.ts'

/** Shows a list of exports in plain TypeScript. Returns a function that removes it. */
export function mountRuns(element: HTMLElement, client: Client, page: PageState): () => void {
  const panel = createRunsPanel(element)
  // #region code
  const list = watchRuns(client, { name: jobs.export_users, limit: 5 })
  const show = () => {
    const [view, now] = [list.getSnapshot(), page.now.getSnapshot()]
    const textOf = (run: ListedJob) => describeRun(run, now, estimate(run.view))
    panel.show(describeRuns(view, now), view.sync.status)
    panel.showRows(view.runs.map((run) => ({ run, text: textOf(run) })))
  }
  const stopWatching = list.subscribe(show)

  panel.onStart(() => {
    const format = page.format.getSnapshot()
    const title = `Users as ${format.toUpperCase()}`
    page.followStart(client.start(jobs.export_users, { format }, { title }))
  })
  panel.onCancel((run) => page.attempt('The export was not cancelled', run.cancel()))
  panel.onRetry((run) => page.attempt('The export was not tried again', run.retry()))
  panel.onShowOlder(list.loadMore)
  // #endregion
  const stops = [stopWatching, page.now.subscribe(show)]
  show()

  return () => {
    for (const stop of stops) stop()
    element.replaceChildren()
  }
}
