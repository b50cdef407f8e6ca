import type { ClientOptions } from '@headway/core'
import { type Capability, capabilities } from '@headway/core/protocol'
import { createFakeClient, type FakeClient, type FakeGatewayOptions } from '@headway/core/testing'
import type { AdapterUnderTest, Ask } from './adapter-under-test.ts'
import { Screen } from './screen.ts'

/** A page for a scenario: components of one framework, a real client and a fake gateway. */
export interface Stage extends Omit<FakeClient, 'reload'> {
  /** Mounts a component. */
  show(ask: Ask): Screen
  /** Reloads the page: it unmounts all components and replaces the client. The storage stays. */
  reload(): void
}

/** A sequence of events on a page, with the expected views. */
export interface Scenario {
  name: string
  gateway?: FakeGatewayOptions
  client?: ClientOptions
  play(stage: Stage): Promise<void>
}

/** The extensions of a server that gets every registration in a request of its own, or a batch. */
export const inBatches: readonly Capability[] = capabilities.filter(
  (word) => word !== 'stream-answers',
)

/** Plays a scenario with the components of an adapter. */
export async function play(adapter: AdapterUnderTest, scenario: Scenario): Promise<void> {
  const screens: Screen[] = []
  const stored = new Map<string, string>()
  const storage = {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
    removeItem: (key: string) => void stored.delete(key),
  }
  const fake = createFakeClient(scenario.gateway, { storage, ...scenario.client })
  const leave = (): void => {
    for (const screen of screens) screen.unmount()
    stage.client.close()
  }
  let page = fake
  const stage: Stage = {
    ...fake,
    show(ask) {
      const screen = new Screen(adapter, stage, ask)
      screens.push(screen)
      return screen
    },
    reload() {
      leave()
      page = page.reload()
      const { client, last, child } = page
      Object.assign(stage, { client, last, child })
    },
  }
  try {
    await scenario.play(stage)
    for (const screen of screens) screen.expectForward()
  } finally {
    leave()
  }
}

/** Creates a promise, `opened`, and the function that resolves it. */
export function createGate(): { opened: Promise<void>; open: () => void } {
  let open = (): void => undefined
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { opened, open: () => open() }
}
