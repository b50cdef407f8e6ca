import type { Store } from '@headway/core'
import {
  announcement,
  batchAnnouncement,
  importAnnouncement,
  type PageState,
  runsAnnouncement,
  workflowAnnouncement,
} from '@headway/example-shared'
import type { PageLists } from './page-lists.ts'
import type { PageRuns } from './page-runs.ts'
import { whileShown } from './while-shown.ts'

/**
 * Announces the page's runs, those of its list while that is shown, and its trouble, to screen
 * readers in one live region.
 */
export function announce(
  { exported, verified, imported, batched }: PageRuns,
  { exports }: PageLists,
  page: PageState,
  say: (text: string) => void,
): void {
  announceChanges(exported, announcement, say)
  announceChanges(verified, workflowAnnouncement, say)
  announceChanges(imported, importAnnouncement, say)
  announceChanges(batched, batchAnnouncement, say)
  whileShown(page, 'list', () =>
    announceChanges(
      exports,
      (before, after) =>
        runsAnnouncement(before.runs, after.runs, page.jobId.getSnapshot(), Date.now()),
      say,
    ),
  )
  page.trouble.subscribe(() => say(page.trouble.getSnapshot()))
}

/** Says the text for each change. Returns a function that stops it. */
function announceChanges<TView>(
  run: Store<TView>,
  textOf: (before: TView, after: TView) => string | null,
  say: (text: string) => void,
): () => void {
  let before = run.getSnapshot()
  return run.subscribe(() => {
    const after = run.getSnapshot()
    const text = textOf(before, after)
    before = after
    if (text !== null) say(text)
  })
}
