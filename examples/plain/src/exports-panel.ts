import { type ExportsText, type ExportText, keepFocus } from '@headway/example-shared'
import { findIn } from './find-in.ts'

export interface ExportsPanel {
  show(text: ExportsText, sync: string): void
  onDelete(listener: (id: string) => void): void
}

const markup = `
  <section class="panel" data-exports="plain" aria-labelledby="plain-exports">
    <h3 id="plain-exports" tabindex="-1">Plain TypeScript</h3>
    <div class="listing">
      <ul class="rows" aria-labelledby="plain-exports"></ul>
      <p class="hint"></p>
      <p class="notice"></p>
    </div>
  </section>`

const rowMarkup = `
  <p class="what"><strong></strong> <time></time> <span class="amount"></span></p>
  <a download>Download</a>
  <button type="button">Delete</button>`

/** Fills `element` with the panel. */
export function createExportsPanel(element: HTMLElement): ExportsPanel {
  element.innerHTML = markup
  const find = findIn(element)
  const section = find('section')
  const list = find('.rows')
  const [hintLine, noticeLine] = [find('.hint'), find('.notice')]
  keepFocus(list)
  return {
    show({ exports, hint, notice }, sync) {
      section.dataset.sync = sync
      showRows(list, exports)
      hintLine.textContent = hint
      noticeLine.textContent = notice
    },
    onDelete(listener) {
      list.addEventListener('click', ({ target }) => {
        if (!(target instanceof HTMLButtonElement)) return
        listener(target.closest('li')?.dataset.id ?? '')
      })
    },
  }
}

/** Updates the rows of the list. An export keeps its element, which may have the focus. */
function showRows(list: HTMLElement, exports: readonly ExportText[]): void {
  const ids = new Set(exports.map(({ id }) => id))
  const rows = new Map<string, HTMLLIElement>()
  for (const row of list.querySelectorAll('li')) {
    const { id = '' } = row.dataset
    if (ids.has(id)) rows.set(id, row)
    else row.remove()
  }
  for (const [index, text] of exports.entries()) {
    const row = rows.get(text.id) ?? createRow()
    showRow(row, text)
    if (list.children[index] !== row) list.insertBefore(row, list.children[index] ?? null)
  }
}

function createRow(): HTMLLIElement {
  const row = document.createElement('li')
  row.innerHTML = rowMarkup
  return row
}

function showRow(row: HTMLLIElement, { id, ...text }: ExportText): void {
  const find = findIn(row)
  const [link, button] = [find<HTMLAnchorElement>('a'), find('button')]
  const time = find<HTMLTimeElement>('time')
  row.dataset.id = id
  find('strong').textContent = text.format
  find('.amount').textContent = text.amount
  time.textContent = text.when
  time.dateTime = text.createdAt
  link.href = text.url
  link.ariaLabel = `Download ${text.name}`
  button.ariaLabel = `Delete ${text.name}`
}
