import type { Client } from '@headway/core'
import { createOptimistic } from '@headway/core/optimistic'
import {
  describeExports,
  mutations,
  type PageState,
  queries,
  withoutExport,
} from '@headway/example-shared'
import { createExportsPanel } from './exports-panel.ts'

const { newest_exports } = queries
const { delete_export } = mutations

/** Shows the newest exports in plain TypeScript. Returns a function that removes them. */
export function mountExports(element: HTMLElement, client: Client, page: PageState): () => void {
  const panel = createExportsPanel(element)
  // #region code
  const exports = createOptimistic(client.watch(newest_exports), withoutExport)
  const show = () => {
    const query = exports.getSnapshot()
    panel.show(describeExports(query, page.now.getSnapshot()), query.sync.status)
  }
  const stopWatching = exports.subscribe(show)

  panel.onDelete((id) => {
    const deleted = exports.mutate(id, () => client.call(delete_export, { id }))
    page.attempt('The export was not deleted', deleted)
  })
  // #endregion
  const stops = [stopWatching, page.now.subscribe(show)]
  show()

  return () => {
    for (const stop of stops) stop()
    element.replaceChildren()
  }
}
