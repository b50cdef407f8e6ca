import type { Client } from '@headway/core'
import { createLanguage, type Language } from '../text/language.ts'
import type { Messages } from '../text/messages.ts'
import { ElementBase } from './element-base.ts'
import { findPageClient, getPageMessages, shown } from './page.ts'

/**
 * What all elements share: the client, the language, and updates while the element is in a page.
 */
export abstract class HeadwayElement<TMessages> extends ElementBase {
  /** The language of the element's place in the page. @internal */
  protected language: Language<TMessages>
  readonly #defaults: TMessages
  #client: Client | null = null
  #messages: Partial<Messages> = {}

  /** @param defaults the texts in English */
  constructor(defaults: TMessages) {
    super()
    this.#defaults = defaults
    this.language = createLanguage('', defaults)
  }

  /** The client to use in place of the page's, which `setClient()` sets. */
  get client(): Client | null {
    return this.#client ?? findPageClient()
  }
  set client(client: Client | null) {
    this.#client = client
    this.refresh()
  }

  /** Texts of this element, in place of those of the page and the English ones. */
  get messages(): Partial<Messages> {
    return this.#messages
  }
  set messages(messages: Partial<Messages>) {
    this.#messages = messages
    this.refresh()
  }

  connectedCallback(): void {
    upgrade(this)
    shown.add(this)
    this.refresh()
  }

  disconnectedCallback(): void {
    shown.delete(this)
    this.release()
  }

  attributeChangedCallback(): void {
    this.refresh()
  }

  /** Renders the element anew, if it is in a page. Changes of what it follows need no call. */
  refresh(): void {
    if (!shown.has(this)) return
    const { lang } = this.closest<HTMLElement>('[lang]') ?? document.documentElement
    this.language = createLanguage(lang, this.#defaults, getPageMessages(), this.#messages)
    this.update()
  }

  /** Follows what it is asked to show now, and renders it. @internal */
  protected abstract update(): void

  /** Stops to follow it. @internal */
  protected abstract release(): void
}

/**
 * Registers an element. Does nothing if the name is taken, as after a hot reload, and on a server.
 */
export function define(name: string, element: CustomElementConstructor): void {
  const registry = globalThis.customElements
  if (registry && !registry.get(name)) registry.define(name, element)
}

/** A property that was set before the class was known hides the setter: sets it once more. */
function upgrade(element: HTMLElement): void {
  const own = element as unknown as Record<string, unknown>
  for (const [name, value] of Object.entries(own)) {
    if (!(name in element.constructor.prototype)) continue
    delete own[name]
    own[name] = value
  }
}
