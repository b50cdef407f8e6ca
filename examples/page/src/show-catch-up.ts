import type { Client } from '@headway/core'
import type { PageState } from '@headway/example-shared'
import { catchUpText, current, type Followed, reduceCatchUp } from './catch-up.ts'
import { find } from './find.ts'
import { batchOf, exportsOf, filesOf, jobOf, workflowOf } from './followed.ts'
import type { PageLists } from './page-lists.ts'
import type { PageRuns } from './page-runs.ts'
import { whileShown } from './while-shown.ts'

/** The line that says what the page has caught up with, and how fast. */
export function showCatchUp(
  client: Client,
  page: PageState,
  runs: PageRuns,
  lists: PageLists,
  say: (text: string) => void,
): void {
  const line = find('#caught-up')
  let state = current

  const look = (): void => {
    const before = state
    state = reduceCatchUp(before, {
      at: performance.now(),
      connection: client.connection.getSnapshot().status,
      followed: followedBy(runs, lists, page),
    })
    if (state === before) return
    const { summary, details } = catchUpText(state)
    line.hidden = summary === ''
    find('#caught-up-text').textContent = summary
    find('#caught-up-details').textContent = details
    if (state.status === before.status) return
    if (state.status === 'behind') say('Connection lost')
    if (state.status === 'caught-up') say(summary)
  }
  for (const store of [client.connection, ...Object.values(runs)]) store.subscribe(look)
  whileShown(page, 'list', () => lists.exports.subscribe(look))
  whileShown(page, 'query', () => lists.files.subscribe(look))
  page.scenario.subscribe(look)
  look()
}

function followedBy(
  { exported, verified, imported, batched }: PageRuns,
  { exports, files }: PageLists,
  { scenario }: PageState,
): Followed[] {
  const followed = [jobOf(exported), jobOf(imported), workflowOf(verified), batchOf(batched)]
  const shown = scenario.getSnapshot()
  if (shown === 'list') followed.push(exportsOf(exports))
  if (shown === 'query') followed.push(filesOf(files))
  // An idle view has no id.
  return followed.filter(({ id }) => id !== '')
}
