/**
 * Makes an element. Its children are texts or nodes. Without HTML text, so any policy allows it.
 */
export function make<TName extends keyof HTMLElementTagNameMap>(
  name: TName,
  attributes: Readonly<Record<string, string>>,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[TName] {
  const element = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value)
  element.append(...children)
  return element
}

/** Makes one element for each part, by the names of the parts. */
export function makeParts<TPart extends string>(...parts: TPart[]): Record<TPart, HTMLElement> {
  const made = parts.map((part) => [part, make('div', { part })])
  return Object.fromEntries(made)
}

/** Sets the texts of parts. An equal text must not disturb a selection or a live region. */
export function setTexts<TPart extends string>(
  parts: Readonly<Record<TPart, HTMLElement>>,
  texts: Readonly<Partial<Record<TPart, string>>>,
): void {
  for (const part in texts) {
    const text = texts[part] ?? ''
    if (parts[part].textContent !== text) parts[part].textContent = text
  }
}

/** Sets or removes an attribute, if it is another. */
export function setAttribute(element: Element, name: string, value: string | null): void {
  if (element.getAttribute(name) === value) return
  if (value === null) element.removeAttribute(name)
  else element.setAttribute(name, value)
}
