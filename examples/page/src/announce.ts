import type { Store } from '@headway/core'
import {
  announcement,
  importAnnouncement,
  type PageState,
  workflowAnnouncement,
} from '@headway/example-shared'
import type { PageRuns } from './page-runs.ts'

/** Announces the page's runs, and its trouble, to screen readers in one live region. */
export function announce(
  { exported, verified, imported }: PageRuns,
  page: PageState,
  say: (text: string) => void,
): void {
  announceChanges(exported, announcement, say)
  announceChanges(verified, workflowAnnouncement, say)
  announceChanges(imported, importAnnouncement, say)
  page.trouble.subscribe(() => say(page.trouble.getSnapshot()))
}

/** Says the text for each change. */
function announceChanges<TView>(
  run: Store<TView>,
  textOf: (before: TView, after: TView) => string | null,
  say: (text: string) => void,
): void {
  let before = run.getSnapshot()
  run.subscribe(() => {
    const after = run.getSnapshot()
    const text = textOf(before, after)
    before = after
    if (text !== null) say(text)
  })
}
