import { callListener } from '../store/store.ts'

/**
 * Returns a function that passes events to `step`, one at a time and in order. An event that comes
 * while `step` runs, such as one from an effect or a listener, waits for its turn. An error in
 * `step`, such as one of the application's `random`, is reported as uncaught, and the next events
 * follow all the same.
 */
export function createEventQueue<T extends object>(step: (event: T) => void): (event: T) => void {
  const events: T[] = []
  return (event) => {
    if (events.push(event) > 1) return
    for (let next = events[0]; next; next = events[0]) {
      const current = next
      callListener(() => step(current))
      events.shift()
    }
  }
}
