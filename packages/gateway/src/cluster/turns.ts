/** Work for one stream, a few pieces at the same time. */
export interface Turns {
  /**
   * Calls `work` when its turn comes, with a callback for its end. Returns false, and never calls
   * it, if there is no room to wait in.
   *
   * @param length the number of characters that it holds while it waits
   */
  add(length: number, work: (over: () => void) => void): boolean
}

/** How much a stream may have at the same time. */
export interface TurnLimits {
  /** Pieces of work that have begun. */
  begun: number
  /** Characters that wait. */
  waiting: number
}

const defaultLimits: TurnLimits = { begun: 8, waiting: 4 * 1_048_576 }

/** Turns without any work yet. */
export function createTurns({
  begun: mostBegun,
  waiting: most,
}: TurnLimits = defaultLimits): Turns {
  const waiting: { length: number; work: (over: () => void) => void }[] = []
  let waitingLength = 0
  let begun = 0
  const begin = (work: (over: () => void) => void): void => {
    begun += 1
    work(over)
  }
  const over = (): void => {
    begun -= 1
    const next = waiting.shift()
    if (!next) return
    waitingLength -= next.length
    begin(next.work)
  }
  return {
    add(length, work) {
      if (begun < mostBegun) {
        begin(work)
        return true
      }
      if (waitingLength + length > most) return false
      waitingLength += length
      waiting.push({ length, work })
      return true
    },
  }
}
