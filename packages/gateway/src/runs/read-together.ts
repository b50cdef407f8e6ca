/** Reads things: resolves with those there are, in any order. */
type Read<T> = (ids: readonly string[]) => Promise<T[]>

/** Reads things: resolves with those there are, by their ids, perhaps among others. */
export type ReadById<T> = (ids: readonly string[]) => Promise<ReadonlyMap<string, T>>

interface PendingRead<T> {
  ids: readonly string[]
  resolve(found: ReadonlyMap<string, T>): void
  reject(error: unknown): void
}

/** The maximum number of ids in one read, unless a single reader asks for more. */
const maxIds = 5_000

/**
 * The rest after a read during which others came, in milliseconds: in a rush, more of them share
 * the next read.
 */
const restMs = 5

/**
 * Combines reads: those of one turn become one read, and so do those that come during another read,
 * or shortly after. They share its map, which holds more than any of them asked for: do not keep
 * it. A read never joins one that began before it, so each sees the state at its own beginning, or
 * a later one.
 */
export function createReadTogether<T extends { id: string }>(read: Read<T>): ReadById<T> {
  let waiting: PendingRead<T>[] = []
  /** One at a time: the longer it takes, the more are read with the next. */
  let isReading = false

  const takeWaiting = (): PendingRead<T>[] => {
    let count = 0
    const end = waiting.findIndex(({ ids }, index) => {
      count += ids.length
      return index > 0 && count > maxIds
    })
    const taken = end === -1 ? waiting : waiting.slice(0, end)
    waiting = end === -1 ? [] : waiting.slice(end)
    return taken
  }
  const readWaiting = async (): Promise<void> => {
    const pending = takeWaiting()
    try {
      const found = new Map<string, T>()
      for (const one of await read([...new Set(pending.flatMap(({ ids }) => ids))])) {
        found.set(one.id, one)
      }
      for (const { resolve } of pending) resolve(found)
    } catch (error) {
      for (const { reject } of pending) reject(error)
    }
    isReading = waiting.length > 0
    if (isReading) setTimeout(readSafely, restMs)
  }
  const readSafely = (): void => void readWaiting().catch(() => undefined)
  return (ids) =>
    new Promise((resolve, reject) => {
      if (ids.length === 0) return resolve(new Map())
      waiting.push({ ids, resolve, reject })
      if (isReading) return
      isReading = true
      setImmediate(readSafely)
    })
}
