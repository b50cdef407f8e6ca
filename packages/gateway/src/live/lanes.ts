/** Runs work with a limit on how much of it is under way. */
export interface Lanes {
  /** @param isSlow the work is expected to take long: slow work never takes all the room */
  run<T>(isSlow: boolean, work: () => Promise<T>): Promise<T>
}

/**
 * Room for `most` pieces of work at the same time, half of them slow ones. They run in their order
 * as far as there is room.
 */
export function createLanes(most: number): Lanes {
  const mostSlow = Math.max(1, Math.floor(most / 2))
  const waiting: { isSlow: boolean; begin: () => void }[] = []
  let [all, slow] = [0, 0]

  const hasRoom = (isSlow: boolean): boolean => all < most && !(isSlow && slow >= mostSlow)
  const next = (): void => {
    const at = waiting.findIndex(({ isSlow }) => hasRoom(isSlow))
    if (at === -1) return
    waiting.splice(at, 1)[0]?.begin()
    next()
  }
  return {
    async run(isSlow, work) {
      await new Promise<void>((resolve) => {
        const begin = (): void => {
          all += 1
          if (isSlow) slow += 1
          resolve()
        }
        waiting.push({ isSlow, begin })
        next()
      })
      try {
        return await work()
      } finally {
        all -= 1
        if (isSlow) slow -= 1
        next()
      }
    },
  }
}
