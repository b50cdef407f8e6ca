import type { FakeClient } from '@headway/core/testing'
import { expect } from 'vitest'
import type { Actions, AdapterUnderTest, Ask, Mounted } from './adapter-under-test.ts'
import { expectForward, type ShownView } from './forward.ts'

type Page = Pick<FakeClient, 'client' | 'settled'>

/** A component on the page, with every view that it has shown. */
export class Screen {
  /** Every view, in order. */
  readonly seen: ShownView[] = []
  /** How often it has rendered. */
  renders = 0
  actions: Actions = {}
  private readonly element = document.createElement('main')
  private readonly mounted: Mounted
  private readonly observer = new MutationObserver(() => this.look())
  private readonly fake: Page
  private isGone = false

  constructor(adapter: AdapterUnderTest, fake: Page, ask: Ask) {
    this.fake = fake
    document.body.append(this.element)
    this.observer.observe(this.element, { childList: true, characterData: true, subtree: true })
    const onRender = (actions: Actions): void => {
      this.actions = actions
      this.renders += 1
    }
    this.mounted = adapter.mount(this.element, fake.client, { ask, onRender })
  }

  /** The current view. */
  get view(): ShownView {
    return JSON.parse(this.element.textContent || 'null')
  }

  /** Waits until it shows `expected`, after everything that needs no time. */
  async shows(expected: object): Promise<ShownView> {
    await this.settled()
    await expect.poll(() => this.view).toMatchObject(expected)
    return this.view
  }

  /** Waits for everything in the client and on the page that needs no time. */
  async settled(): Promise<void> {
    for (let turn = 0; turn < 3; turn += 1) await this.fake.settled()
  }

  ask(next: Ask): void {
    this.mounted.ask(next)
  }

  unmount(): void {
    if (this.isGone) return
    this.isGone = true
    this.look()
    this.observer.disconnect()
    this.mounted.unmount()
    this.element.remove()
  }

  /** Expects that no view was older than the one before it. */
  expectForward(): void {
    expectForward(this.seen)
  }

  private look(): void {
    const text = this.element.textContent
    if (text) this.seen.push(JSON.parse(text))
  }
}
