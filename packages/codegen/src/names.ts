/** Orders names by code units, so that the order is the same on every machine. */
export function compareNames(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Pairs each item whose name an earlier item has with the first item of that name. */
export function findSame<T>(items: readonly T[], nameOf: (item: T) => string): [T, T][] {
  const first = new Map<string, T>()
  return items.flatMap((item): [T, T][] => {
    const earlier = first.get(nameOf(item))
    if (!earlier) first.set(nameOf(item), item)
    return earlier ? [[earlier, item]] : []
  })
}
