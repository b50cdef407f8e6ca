import { createFakeClient, type FakeClient } from '@headway/core/testing'
import { afterEach, beforeEach, expect } from 'vitest'
import '../../src/define.ts'
import { setClient, setMessages } from '../../src/index.ts'

/* A test file that imports this gets an empty page over a fake gateway before each of its tests. */

export let fake: FakeClient
let main: HTMLElement

beforeEach(() => {
  fake = createFakeClient()
  document.documentElement.lang = 'en'
  main = document.body.appendChild(document.createElement('main'))
  setMessages({})
  setClient(fake.client)
})
afterEach(() => {
  main.remove()
  fake.client.close()
})

/** Adds an element to the page, with attributes and properties. */
export function add<TName extends keyof HTMLElementTagNameMap>(
  name: TName,
  attributes: Record<string, string> = {},
  properties: Partial<HTMLElementTagNameMap[TName]> = {},
): HTMLElementTagNameMap[TName] {
  const element = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value)
  Object.assign(element, properties)
  main.append(element)
  return element
}

/** The first element of a part. Throws if there is none. */
export function part(element: Element, name: string): HTMLElement {
  const found = element.shadowRoot?.querySelector<HTMLElement>(`[part~="${name}"]`)
  if (!found) throw new Error(`There is no part "${name}"`)
  return found
}

/** The text of a part, as it is shown. */
export const textOf = (element: Element, name: string): string => part(element, name).textContent

/** Waits until a part has this text. */
export const shows = (element: Element, name: string, text: string): Promise<void> =>
  expect.poll(() => textOf(element, name)).toBe(text)
