import type { FakeClient } from '@headway/core/testing'
import { expect } from 'vitest'
import type { Actions, AdapterUnderTest, Ask, Mounted } from './adapter-under-test.ts'
import { expectForward, type ShownView } from './forward.ts'

type Page = Pick<FakeClient, 'client' | 'settled'>

/** One component on the page, what it has shown, and what can be done to it. */
export class Screen {
  /** All that was to be seen, in order. */
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

  /** What is to be seen now. */
  get view(): ShownView {
    return JSON.parse(this.element.textContent || 'null')
  }

  /** Lets everything happen that needs no time; then it shows `expected`. */
  async shows(expected: object): Promise<ShownView> {
    await this.settled()
    await expect.poll(() => this.view).toMatchObject(expected)
    return this.view
  }

  /** Everything has happened, in the client and on the screen, that needs no time. */
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

  /** Nothing that was to be seen was older than what was seen before. */
  expectForward(): void {
    expectForward(this.seen)
  }

  private look(): void {
    const text = this.element.textContent
    if (text) this.seen.push(JSON.parse(text))
  }
}
