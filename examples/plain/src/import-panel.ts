import type { ImportText } from '@headway/example-shared'
import { findIn } from './find-in.ts'
import { createJobProgress, jobProgressMarkup } from './job-progress.ts'
import { onPress } from './on-press.ts'

export interface ImportPanel {
  show(text: ImportText, sync: string): void
  onImport(listener: (file: File) => void): void
  onCancel(listener: () => void): void
}

const markup = `
  <section class="panel" data-import="plain" aria-labelledby="plain-import">
    <h3 id="plain-import">Plain TypeScript</h3>
    ${jobProgressMarkup('Import users, plain TypeScript')}
    <div class="file">
      <label for="plain-file">CSV file</label>
      <input type="file" id="plain-file" accept=".csv,text/csv" aria-describedby="plain-problem" />
      <p class="problem" id="plain-problem" role="alert"></p>
    </div>
    <div class="actions">
      <button type="button" class="primary">Import</button>
      <button type="button" class="cancel">Cancel</button>
    </div>
  </section>`

/** Fills `element` with the panel. */
export function createImportPanel(element: HTMLElement): ImportPanel {
  element.innerHTML = markup
  const find = findIn(element)
  const section = find('section')
  const showProgress = createJobProgress(element)
  const problemLine = find('.problem')
  const input = find<HTMLInputElement>('input')
  const start = find<HTMLButtonElement>('button.primary')
  const cancel = find<HTMLButtonElement>('button.cancel')
  let canStart = false
  const showStart = (): void => {
    start.ariaDisabled = String(!canStart || !input.files?.length)
  }
  input.addEventListener('change', showStart)
  return {
    show(text, sync) {
      section.dataset.phase = text.phase
      section.dataset.sync = sync
      section.dataset.percent = String(text.percent ?? '')
      showProgress(text)
      problemLine.textContent = text.problem
      canStart = text.canStart
      showStart()
      cancel.ariaDisabled = String(!text.canCancel)
    },
    onImport(listener) {
      onPress(start, () => {
        const file = input.files?.[0]
        if (file) listener(file)
      })
    },
    onCancel: (listener) => onPress(cancel, listener),
  }
}
