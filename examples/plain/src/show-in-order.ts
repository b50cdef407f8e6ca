/**
 * Shows these elements in a list, and no others. One that stays is moved only if it must be: it may
 * have the focus.
 */
export function showInOrder(list: HTMLElement, elements: readonly HTMLElement[]): void {
  const kept = new Set<Element>(elements)
  for (const child of [...list.children]) if (!kept.has(child)) child.remove()
  for (const [index, element] of elements.entries()) {
    if (list.children[index] !== element) list.insertBefore(element, list.children[index] ?? null)
  }
}
