import type { FakeGateway } from '@headway/core/testing'
import { type Component, flushSync, mount, unmount } from 'svelte'
import { expect, onTestFinished } from 'vitest'
import Provided from '../provided.svelte'

/** A page below `<ForgeProvider>`. */
export interface ShownPage {
  /** Waits until this is its text. */
  shows(expected: string): Promise<void>
  /** The value that the page gave to `onMade`. */
  made(): unknown
  /** Unmounts it; the end of the test does so, too. */
  leave(): void
}

/**
 * Shows a page of a client that sends its requests to `gateway`; `options` are more props of
 * `<ForgeProvider>`.
 */
export function showPage(
  gateway: FakeGateway,
  page: Component<Record<string, unknown>>,
  options: Record<string, unknown> = {},
): ShownPage {
  const target = document.body.appendChild(document.createElement('main'))
  let made: unknown
  const onMade = (value: unknown): void => {
    made = value
  }
  const props = { page, props: { onMade }, url: 'http://fake', fetch: gateway.fetch, ...options }
  const mounted = mount(Provided, { target, props })
  flushSync()
  let isThere = true
  const leave = (): void => {
    if (isThere) void unmount(mounted)
    isThere = false
    target.remove()
  }
  onTestFinished(leave)
  const text = (): string => {
    flushSync()
    return target.textContent?.replace(/\s+/g, ' ').trim() ?? ''
  }
  return { shows: (expected: string) => expect.poll(text).toBe(expected), made: () => made, leave }
}
