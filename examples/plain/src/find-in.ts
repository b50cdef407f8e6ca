/** Finds what a panel is made of, in its element. */
export function findIn(
  element: HTMLElement,
): <T extends HTMLElement = HTMLElement>(selector: string) => T {
  return <T extends HTMLElement>(selector: string) => {
    const found = element.querySelector<T>(selector)
    if (!found) throw new Error(`The panel has no ${selector}`)
    return found
  }
}
