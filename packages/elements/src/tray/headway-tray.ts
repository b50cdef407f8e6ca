import type { RunRow } from '@headway/core'
import { runsKey } from '@headway/core/adapter'
import { fullBudget, type Spent, spend } from '../announcer/budget.ts'
import { setAttribute, setTexts } from '../element/dom.ts'
import { define, HeadwayElement } from '../element/headway-element.ts'
import { attachStyled, barCss, buttonCss, sharedCss } from '../element/styles.ts'
import { noteOf } from '../notify/notification.ts'
import { askToNotify, getAttention, showNote } from '../notify/page-notifications.ts'
import { describeRun } from '../text/describe-run.ts'
import { fill } from '../text/fill.ts'
import { type RunMessages, runMessages } from '../text/run-messages.ts'
import { type TrayMessages, trayMessages } from '../text/tray-messages.ts'
import { trayCss } from './tray-css.ts'
import { createTrayList } from './tray-list.ts'
import { type TrayFilter, type TrayLists, watchTray } from './tray-lists.ts'
import { makeTrayParts } from './tray-parts.ts'
import { titleOf, toSafeHref } from './tray-rows.ts'

/** Returns the address of the file that a run has made, if it has made one. */
export type DownloadOf = (row: RunRow) => string | URL | null | undefined

/**
 * `<headway-tray>`: the own runs, those under way and those that have ended lately, behind a button
 * in a corner of the page. It needs a server with lists.
 *
 * Attributes: `label`; `open` while the panel is; `recent`, the number of ended runs (default 10);
 * `notify`, to notify of ends while the page is hidden. It fires `headway-download` with the row as
 * its `detail` when a person takes a file; `preventDefault()` leaves the rest to you.
 */
export class HeadwayTray extends HeadwayElement<RunMessages & TrayMessages> {
  readonly #parts = makeTrayParts()
  readonly #list = createTrayList(this.#parts.list, (row, event) => this.#onDownload(row, event))
  #filter: TrayFilter = {}
  #download: DownloadOf | null = null
  #lists: TrayLists | null = null
  /** The client, filter and number that `#lists` are of. */
  #watched: readonly unknown[] = []
  #budget: Spent = fullBudget

  constructor() {
    super({ ...runMessages, ...trayMessages })
    const { toggle, panel, more, notify, texts } = this.#parts
    const css = sharedCss + barCss + buttonCss + trayCss
    const root = attachStyled(this, css)
    root.append(toggle, panel, texts.announcer)
    toggle.addEventListener('click', () => this.toggleAttribute('open'))
    more.addEventListener('click', () => this.#lists?.loadMore())
    notify.addEventListener('click', () => void askToNotify().then(() => this.refresh()))
    root.addEventListener('keydown', (event) => {
      if (!(event instanceof KeyboardEvent) || event.key !== 'Escape' || !this.open) return
      event.stopPropagation()
      this.open = false
      toggle.focus()
    })
  }

  static get observedAttributes(): string[] {
    return ['label', 'lang', 'open', 'recent', 'notify']
  }

  /** Registers the element, under another name if you like. */
  static define(name = 'headway-tray'): void {
    define(name, HeadwayTray)
  }

  /** Which runs it shows: such as those with a tag. Default: all own runs. */
  get filter(): TrayFilter {
    return this.#filter
  }
  set filter(filter: TrayFilter | null | undefined) {
    this.#filter = filter ?? {}
    this.refresh()
  }

  /** Returns the address of a run's file. Without it there are no downloads. */
  get download(): DownloadOf | null {
    return this.#download
  }
  set download(download: DownloadOf | null) {
    this.#download = download
    this.refresh()
  }

  /** True while the panel is open. */
  get open(): boolean {
    return this.hasAttribute('open')
  }
  set open(isOpen: boolean) {
    this.toggleAttribute('open', isOpen)
  }

  /** @internal */
  protected override update(): void {
    const { client } = this
    const recent = Number(this.getAttribute('recent')) || 10
    const wanted = [client, runsKey(this.#filter), recent]
    if (!wanted.every((part, index) => part === this.#watched[index])) {
      this.release()
      this.#watched = wanted
      if (client) this.#lists = watchTray(client, this.#filter, recent, () => this.#show())
    }
    this.#show()
  }

  /** @internal */
  protected override release(): void {
    this.#lists?.stop()
    this.#lists = null
    this.#watched = []
  }

  #show(): void {
    const { rows, ended } = this.#lists?.look() ?? { rows: [], ended: [] }
    this.#tell(ended)
    const { toggle, panel, list, more, notify, texts } = this.#parts
    const { messages, formats } = this.language
    const label = this.getAttribute('label') || messages.tray
    const active = rows.filter(({ view }) => view.isActive).length
    const count = active === 0 ? '' : formats.number(active)
    setAttribute(this, 'data-active', `${active}`)
    setTexts(texts, { label, count })
    // The name of the button is its text; this says what the number counts.
    setAttribute(toggle, 'aria-description', count && fill(messages.active, { count }))
    setAttribute(toggle, 'aria-expanded', `${this.open}`)
    setAttribute(panel, 'aria-label', label)
    panel.hidden = !this.open
    if (!this.open) return
    const status = this.#lists?.status() ?? 'loading'
    const { loading, stale, listFailed } = messages
    const empty = rows.length === 0 ? messages.empty : ''
    setTexts(texts, {
      empty: { live: empty, loading, stale: '', failed: '' }[status],
      notice: { live: '', loading: '', stale, failed: listFailed }[status],
    })
    setTexts({ more, notify }, { more: messages.more, notify: messages.notify })
    more.hidden = !this.#lists?.hasMore()
    notify.hidden = !this.hasAttribute('notify') || getAttention().permission !== 'default'
    list.hidden = rows.length === 0
    setAttribute(list, 'aria-label', label)
    this.#list.update(rows, (row) => this.#hrefOf(row), this.language)
  }

  /** Announces the runs that have ended since, and notifies of them. */
  #tell(ended: readonly RunRow[]): void {
    this.#budget = spend(this.#budget, ended.length > 0)
    const { language } = this
    for (const row of this.hasAttribute('notify') ? ended : []) {
      const note = noteOf(row.view, titleOf(row), getAttention(), language)
      if (note) showNote(note)
    }
    if (!this.#budget.isAllowed) return
    const texts = ended.flatMap((row) => [titleOf(row), describeRun(row.view, language).summary])
    setTexts(this.#parts.texts, { announcer: language.formats.list(texts) })
  }

  #hrefOf(row: RunRow): string | null {
    if (row.view.phase !== 'succeeded') return null
    return toSafeHref(this.#download?.(row), document.baseURI)
  }

  #onDownload(row: RunRow, event: Event): void {
    const options = { detail: row, bubbles: true, composed: true, cancelable: true }
    if (!this.dispatchEvent(new CustomEvent('headway-download', options))) event.preventDefault()
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'headway-tray': HeadwayTray
  }
  interface HTMLElementEventMap {
    'headway-download': CustomEvent<RunRow>
  }
}
