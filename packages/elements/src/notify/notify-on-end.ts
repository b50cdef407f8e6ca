import { getPageMessages } from '../element/page.ts'
import type { ShownRun } from '../element/run-element.ts'
import { createLanguage } from '../text/language.ts'
import { runMessages } from '../text/run-messages.ts'
import { noteOf } from './notification.ts'
import { getAttention, showNote } from './page-notifications.ts'

/**
 * Notifies the person of the end of a run, if the page is hidden then and the person has allowed
 * it; see {@link askToNotify}. It follows the run. Returns a function that stops it.
 *
 * @param title the first line, such as the name of the run
 */
export function notifyOnEnd(run: ShownRun, title: string): () => void {
  let before = run.getSnapshot()
  const check = (): void => {
    const after = run.getSnapshot()
    const { lang } = document.documentElement
    const language = createLanguage(lang, runMessages, getPageMessages())
    // A run that had ended when the page came is no news.
    const hasEnded = before.isActive && after.isDone
    before = after
    const note = hasEnded ? noteOf(after, title, getAttention(), language) : null
    if (note) showNote(note)
  }
  const stop = run.subscribe(check)
  check()
  return stop
}
