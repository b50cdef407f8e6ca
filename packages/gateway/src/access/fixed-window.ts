import type { RateLimit } from './call-rules.ts'

/**
 * Counts a call under a key. Returns 0 when the call is let in, else how long to wait, in
 * milliseconds.
 */
export type FixedWindow = (key: string) => number

interface Window {
  calls: number
  endsAt: number
}

/**
 * Lets `calls` calls of each key through in `perSecs` seconds, counted from the first. Keeps at
 * most `maxKeys` keys: beyond them it forgets the oldest, which then begins anew.
 */
export function createFixedWindow(
  { calls, perSecs }: RateLimit,
  maxKeys: number,
  now: () => number = () => performance.now(),
): FixedWindow {
  // In the order in which they end, since all last equally long.
  const windows = new Map<string, Window>()
  const sweep = (at: number): void => {
    for (const [key, { endsAt }] of windows) {
      if (endsAt > at) return
      windows.delete(key)
    }
  }
  const open = (key: string, at: number): Window => {
    const oldest = windows.keys().next()
    if (windows.size >= maxKeys && !oldest.done) windows.delete(oldest.value)
    const window = { calls: 0, endsAt: at + perSecs * 1_000 }
    windows.set(key, window)
    return window
  }
  return (key) => {
    const at = now()
    sweep(at)
    const window = windows.get(key) ?? open(key, at)
    window.calls += 1
    return window.calls <= calls ? 0 : Math.max(1, window.endsAt - at)
  }
}
