import { make, makeParts } from '../element/dom.ts'

/** The elements of a tray. */
export interface TrayParts {
  toggle: HTMLButtonElement
  panel: HTMLElement
  list: HTMLElement
  more: HTMLButtonElement
  notify: HTMLButtonElement
  texts: Record<'label' | 'count' | 'empty' | 'notice' | 'announcer', HTMLElement>
}

/** Makes the elements of a tray: a button, and the panel that it opens, which follows it. */
export function makeTrayParts(): TrayParts {
  const texts = makeParts('label', 'count', 'empty', 'notice', 'announcer')
  const { label, count, empty, notice, announcer } = texts
  announcer.role = 'status'
  const button = { type: 'button' }
  const toggle = make('button', { ...button, part: 'button toggle', 'aria-controls': 'panel' })
  toggle.append(label, count)
  // A list that scrolls can be reached by keys.
  const list = make('ul', { part: 'list', role: 'list', tabindex: '0' })
  const more = make('button', { ...button, part: 'button more' })
  const notify = make('button', { ...button, part: 'button notify' })
  const tools = make('div', { part: 'tools' }, more, notify)
  const panel = make('section', { part: 'panel', id: 'panel' }, notice, empty, list, tools)
  return { toggle, panel, list, more, notify, texts }
}
