import type { FakeClient } from '@headway/core/testing'
import { expect } from 'vitest'
import type { Actions, AdapterUnderTest, Ask, Mounted } from './adapter-under-test.ts'
import { expectForward, type ShownView } from './forward.ts'

type Page = Pick<FakeClient, 'client' | 'settled'>

/** One component on the page, the views it has shown, and its actions. */
export class Screen {
  /** All views that the page has shown, in order. */
  readonly seen: ShownView[] = []
  /** The number of renders. */
  renders = 0
  actions: Actions = {}
  private readonly element = document.createElement('main')
  private readonly mounted: Mounted
  private readonly observer = new MutationObserver(() => this.record())
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

  /** The view that the page shows now. */
  get view(): ShownView {
    return JSON.parse(this.element.textContent || 'null')
  }

  /** Waits for all work that needs no timer, then expects the view to match `expected`. */
  async shows(expected: object): Promise<ShownView> {
    await this.settled()
    await expect.poll(() => this.view).toMatchObject(expected)
    return this.view
  }

  /** Resolves when all work of the client and the page is done that needs no timer. */
  async settled(): Promise<void> {
    for (let turn = 0; turn < 3; turn += 1) await this.fake.settled()
  }

  ask(next: Ask): void {
    this.mounted.ask(next)
  }

  unmount(): void {
    if (this.isGone) return
    this.isGone = true
    this.record()
    this.observer.disconnect()
    this.mounted.unmount()
    this.element.remove()
  }

  /** Expects that no view was older than the view before it. */
  expectForward(): void {
    expectForward(this.seen)
  }

  private record(): void {
    const text = this.element.textContent
    if (text) this.seen.push(JSON.parse(text))
  }
}
