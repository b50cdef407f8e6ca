/** How long to wait before something is done again. */
export interface DebounceTimes {
  /** After the last time it was asked for, in milliseconds. */
  quietMs: number
  /** After the first time, however often it is asked for, in milliseconds. */
  mostMs: number
}

/** Does something once it was quiet for a while, or once it has waited long enough. */
export interface Debounce {
  ask(): void
  /** Does nothing more. */
  stop(): void
}

/** A debounce of `run`, which is never called twice for what was asked before it. */
export function createDebounce(run: () => void, { quietMs, mostMs }: DebounceTimes): Debounce {
  let quiet: NodeJS.Timeout | undefined
  let most: NodeJS.Timeout | undefined
  const stop = (): void => {
    clearTimeout(quiet)
    clearTimeout(most)
    most = undefined
  }
  const fire = (): void => {
    stop()
    run()
  }
  return {
    ask() {
      clearTimeout(quiet)
      quiet = setTimeout(fire, quietMs)
      most ??= setTimeout(fire, mostMs)
    },
    stop,
  }
}
