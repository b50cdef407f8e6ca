/** Remembers a limited number of keys for a while. */
export interface ShortMemory {
  add(key: string): void
  has(key: string): boolean
  delete(key: string): void
}

/** Remembers what was added within the last `lifeMs`. Beyond `most` the oldest are forgotten. */
export function createShortMemory(
  lifeMs: number,
  most: number,
  now: () => number = () => performance.now(),
): ShortMemory {
  /** Until when each is kept, in the order in which they were added. */
  const until = new Map<string, number>()
  return {
    add(key) {
      until.delete(key)
      until.set(key, now() + lifeMs)
      for (const oldest of until.keys()) {
        if (until.size <= most) break
        until.delete(oldest)
      }
    },
    has(key) {
      const end = until.get(key)
      if (end === undefined) return false
      if (now() < end) return true
      until.delete(key)
      return false
    },
    delete: (key) => void until.delete(key),
  }
}
