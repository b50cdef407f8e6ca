import { createFakeClient, type FakeClient } from '@headway/core/testing'
import { afterEach, beforeEach, expect } from 'vitest'
import '../../src/define.ts'
import { setClient, setMessages } from '../../src/index.ts'

/* A test file that imports this gets an empty page over a fake gateway before each of its tests. */

export let fake: FakeClient
export let main: HTMLElement

beforeEach(() => {
  fake = createFakeClient()
  document.documentElement.lang = 'en'
  document.documentElement.style.colorScheme = 'light dark'
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

/** The elements of a part. */
export function partsOf(element: Element, name: string): HTMLElement[] {
  return [...(element.shadowRoot?.querySelectorAll<HTMLElement>(`[part~="${name}"]`) ?? [])]
}

/** The first element of a part. Throws if there is none. */
export function part(element: Element, name: string): HTMLElement {
  const [found] = partsOf(element, name)
  if (!found) throw new Error(`There is no part "${name}"`)
  return found
}

/** The texts of a part. */
export const textsOf = (element: Element, name: string): (string | null)[] =>
  partsOf(element, name).map(({ textContent }) => textContent)

/** The text of a part, as it is shown. */
export const textOf = (element: Element, name: string): string => part(element, name).textContent

/** Waits until a part has this text. */
export const shows = (element: Element, name: string, text: string): Promise<void> =>
  expect.poll(() => textOf(element, name)).toBe(text)
