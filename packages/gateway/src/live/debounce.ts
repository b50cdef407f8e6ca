/** The waits of a debounce. */
export interface DebounceTimes {
  /** After the last time it was asked for, in milliseconds. */
  quietMs: number
  /** After the first time, however often it is asked for, in milliseconds. */
  mostMs: number
}

/** Does something once it was quiet for a while, or once it has waited long enough. */
export interface Debounce {
  ask(): void
  /** It was asked for, and has not run since. */
  isAsked(): boolean
  /** Does nothing more. */
  stop(): void
}

/** Calls `run` after the last of several requests, and never twice for the same one. */
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
    isAsked: () => most !== undefined,
    stop,
  }
}
