/** The most items of one request. @see PROTOCOL.md, "Groups" */
export const maxItems = 1_000

/** The most bytes of the items of one request. A body has at most 1 MiB, with its other members. */
export const maxBytes = 1_000_000

/** The items of one request. */
export interface Part<T> {
  /** The number of its first item, counted from 0 over all parts. */
  from: number
  items: T[]
}

/** Cuts the items of a group into requests that a server takes, in order. No part is empty. */
export function toParts<T>(items: readonly T[]): Part<T>[] {
  const parts: Part<T>[] = []
  let room = 0
  items.forEach((item, index) => {
    const bytes = bytesOf(item)
    const part = parts.at(-1)
    if (part && part.items.length < maxItems && bytes <= room) {
      part.items.push(item)
      room -= bytes
    } else {
      // An item that is too large by itself gets a part of its own: the server says what is wrong.
      parts.push({ from: index, items: [item] })
      room = maxBytes - bytes
    }
  })
  return parts
}

/** The bytes of an item as JSON with a comma, or a few more. */
function bytesOf(item: unknown): number {
  const text = JSON.stringify(item) ?? ''
  // A UTF-16 unit has at most three bytes in UTF-8.
  const wide = text.match(/[\u0080-\uffff]/g)?.length ?? 0
  return text.length + 2 * wide + 1
}
