import type { RunRow } from '@headway/core'
import { createBar } from '../element/bar.ts'
import { make, makeParts, setAttribute, setTexts } from '../element/dom.ts'
import { describeRun } from '../text/describe-run.ts'
import { fill } from '../text/fill.ts'
import type { Language } from '../text/language.ts'
import type { RunMessages } from '../text/run-messages.ts'
import type { TrayMessages } from '../text/tray-messages.ts'
import { actionsOf, titleOf } from './tray-rows.ts'

/** The language of a tray. */
export type TrayLanguage = Language<RunMessages & TrayMessages>

/** One run in the tray. */
export interface TrayRow {
  readonly element: HTMLElement
  /** @param href the address of its file; `null` for none */
  update(row: RunRow, href: string | null, language: TrayLanguage): void
}

/**
 * Makes the row of one run.
 *
 * @param onDownload is called with the run when a person takes its file
 */
export function createTrayRow(onDownload: (row: RunRow, event: Event) => void): TrayRow {
  const parts = makeParts('title', 'status', 'number', 'detail', 'notice', 'error')
  const { title, status, number, detail, notice, error } = parts
  const bar = createBar()
  const cancel = make('button', { part: 'button cancel', type: 'button' })
  const retry = make('button', { part: 'button retry', type: 'button' })
  const download = make('a', { part: 'button download', download: '' })
  const line = make('div', { part: 'line' }, title, status, number)
  const actions = make('div', { part: 'actions' }, cancel, retry, download)
  // Takes the focus when the button that has it disappears.
  const attributes = { part: 'row', tabindex: '-1' }
  const element = make('li', attributes, line, bar.element, detail, notice, actions, error)
  error.role = 'alert'
  let current: { row: RunRow; language: TrayLanguage } | undefined
  let failure = ''

  /** Asks the server, and shows its refusal. */
  const ask = async (action: 'cancel' | 'retry'): Promise<void> => {
    if (!current) return
    failure = ''
    try {
      await current.row[action]()
    } catch (reason) {
      const { messages } = current.language
      const text = reason instanceof Error ? reason.message : String(reason)
      failure = fill(messages.actionFailed, { action: messages[action], error: text })
    }
    setTexts(parts, { error: failure })
  }
  cancel.addEventListener('click', () => void ask('cancel'))
  retry.addEventListener('click', () => void ask('retry'))
  download.addEventListener('click', (event) => current && onDownload(current.row, event))

  return {
    element,
    update(row, href, language) {
      // A refusal says nothing of another phase.
      if (current?.row.view.phase !== row.view.phase) failure = ''
      current = { row, language }
      const name = titleOf(row)
      const text = describeRun(row.view, language)
      const { canCancel, canRetry, canDownload } = actionsOf(row.view, href !== null)
      setAttribute(element, 'data-phase', row.view.phase)
      setAttribute(element, 'data-sync', row.view.sync.status)
      setTexts(parts, { title: name, status: text.status, number: text.number })
      setTexts(parts, { detail: text.detail, notice: text.notice, error: failure })
      bar.update(row.view, text, name, language)
      setAttribute(download, 'href', href)
      showButton(cancel, canCancel, 'cancel', name, language)
      showButton(retry, canRetry, 'retry', name, language)
      showButton(download, canDownload, 'download', name, language)
    },
  }
}

function showButton(
  button: HTMLElement,
  isShown: boolean,
  action: 'cancel' | 'retry' | 'download',
  title: string,
  { messages }: TrayLanguage,
): void {
  const root = button.getRootNode()
  const hasFocus = root instanceof ShadowRoot && root.activeElement === button
  setTexts({ button }, { button: messages[action] })
  // Several rows have the same buttons.
  setAttribute(button, 'aria-label', fill(messages.action, { action: messages[action], title }))
  button.hidden = !isShown
  if (hasFocus && !isShown) button.closest('li')?.focus()
}
