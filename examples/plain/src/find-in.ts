/** A function that finds elements inside `element`. It throws if there is none. */
export function findIn(
  element: HTMLElement,
): <T extends HTMLElement = HTMLElement>(selector: string) => T {
  return <T extends HTMLElement>(selector: string) => {
    const found = element.querySelector<T>(selector)
    if (!found) throw new Error(`The panel has no ${selector}`)
    return found
  }
}
