/** Reads of things by id: resolves with those there are, in any order. */
export type Read<T> = (ids: readonly string[]) => Promise<T[]>

interface PendingRead<T> {
  ids: readonly string[]
  resolve(found: T[]): void
  reject(error: unknown): void
}

/** Gives each asker its own of what was found for all. */
function share<T extends { id: string }>(pending: readonly PendingRead<T>[], found: T[]): void {
  const [first] = pending
  if (first && pending.length === 1) return first.resolve(found)
  const byId = new Map(found.map((one) => [one.id, one]))
  for (const { ids, resolve } of pending) resolve(ids.flatMap((id) => byId.get(id) ?? []))
}

/** How many ids one read may ask for, beyond those of a single asker. */
const maxIds = 5_000

/**
 * Reads of many askers as few reads: those that ask in one turn, or while others are read, are read
 * together. None joins a read that has begun before it asked, so that each sees what was there when it asked.
 */
export function createReadTogether<T extends { id: string }>(read: Read<T>): Read<T> {
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
      const found = await read([...new Set(pending.flatMap(({ ids }) => ids))])
      share(pending, found)
    } catch (error) {
      for (const { reject } of pending) reject(error)
    }
    isReading = false
    readSoon()
  }
  const readSoon = (): void => {
    if (isReading || waiting.length === 0) return
    isReading = true
    setImmediate(() => readWaiting().catch(() => undefined))
  }
  return (ids) =>
    new Promise((resolve, reject) => {
      if (ids.length === 0) return resolve([])
      waiting.push({ ids, resolve, reject })
      readSoon()
    })
}
