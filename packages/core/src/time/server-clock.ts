/** The server's clock, compared with the one of this device. */
export interface ServerClock {
  /** A time of the server plus this is that time by the device's clock, in milliseconds. */
  readonly offsetMs: number
  /** Takes in the present time of the server, in epoch milliseconds; `undefined` on Forge. */
  hear(nowMs: number | undefined): void
}

/** A smaller difference may be the time on the way, so the offset stays, and so do shown times. */
const toleranceMs = 250

/**
 * Creates a clock. At first the offset is 0: the device's clock counts as right.
 *
 * @param now the device's clock, in epoch milliseconds
 */
export function createServerClock(now: () => number): ServerClock {
  const clock = {
    offsetMs: 0,
    hear(nowMs: number | undefined) {
      const offsetMs = now() - Number(nowMs)
      if (Math.abs(offsetMs - clock.offsetMs) > toleranceMs) clock.offsetMs = offsetMs
    },
  }
  return clock
}
