import type { ConnectionState, Store } from '@headway/core'
import { fullBudget, type Spent, spend } from '../announcer/budget.ts'
import { make, makeParts, setAttribute, setTexts } from '../element/dom.ts'
import { define, HeadwayElement } from '../element/headway-element.ts'
import { attachStyled, buttonCss, sharedCss } from '../element/styles.ts'
import { type ConnectionMessages, connectionMessages } from '../text/connection-messages.ts'
import { describeConnection, type ShownConnection } from '../text/describe-connection.ts'
import { connectionCss } from './connection-css.ts'

/**
 * `<headway-connection>`: the state of the connection, with a button to try again.
 *
 * Its attribute `data-status` is `idle`, `connecting`, `open`, `lost`, `paused` or `closed`, so
 * that a page can hide it while all is well. Parts: `line` with `dot`, `text` and `button`;
 * `detail`.
 */
export class HeadwayConnection extends HeadwayElement<ConnectionMessages> {
  readonly #parts = makeParts('dot', 'text', 'detail', 'announcer')
  readonly #button = make('button', { part: 'button', type: 'button' })
  #store: Store<ConnectionState> | null = null
  #stop: (() => void) | undefined
  #told: ShownConnection = 'open'
  #budget: Spent = fullBudget

  constructor() {
    super(connectionMessages)
    const { dot, text, detail, announcer } = this.#parts
    dot.ariaHidden = 'true'
    announcer.role = 'status'
    this.#button.addEventListener('click', () => this.client?.reconnectNow())
    const line = make('div', { part: 'line' }, dot, text, this.#button)
    attachStyled(this, sharedCss + buttonCss + connectionCss).append(line, detail, announcer)
  }

  static get observedAttributes(): string[] {
    return ['lang']
  }

  /** Registers the element, under another name if you like. */
  static define(name = 'headway-connection'): void {
    define(name, HeadwayConnection)
  }

  /** @internal */
  protected override update(): void {
    const next = this.client?.connection ?? null
    if (next !== this.#store) this.#follow(next)
    this.#show()
  }

  /** @internal */
  protected override release(): void {
    this.#follow(null)
  }

  #follow(next: Store<ConnectionState> | null): void {
    this.#stop?.()
    this.#store = next
    this.#stop = next?.subscribe(() => this.#show())
  }

  #show(): void {
    const state = this.#store?.getSnapshot() ?? { status: 'idle' }
    const described = describeConnection(state, this.language, Date.now())
    const { status, text, detail, canReconnect } = described
    setAttribute(this, 'data-status', status)
    setTexts(this.#parts, { text, detail })
    setTexts({ button: this.#button }, { button: this.language.messages.reconnect })
    // A button that disappears would take the focus with it.
    this.#button.hidden = !canReconnect && this.shadowRoot?.activeElement !== this.#button
    setAttribute(this.#button, 'aria-disabled', canReconnect ? null : 'true')
    this.#announce(state, status, text)
  }

  /** Announces a loss that lasts, and what comes after it. */
  #announce(state: ConnectionState, status: ShownConnection, text: string): void {
    const isSettled = status !== 'lost' || ('attempt' in state && state.attempt > 1)
    const isNews = isSettled && status !== this.#told && notable.has(status)
    this.#budget = spend(this.#budget, isNews)
    if (!this.#budget.isAllowed) return
    this.#told = status
    setTexts(this.#parts, { announcer: text })
  }
}

const notable: ReadonlySet<ShownConnection> = /* @__PURE__ */ new Set(['open', 'lost', 'closed'])

declare global {
  interface HTMLElementTagNameMap {
    'headway-connection': HeadwayConnection
  }
}
