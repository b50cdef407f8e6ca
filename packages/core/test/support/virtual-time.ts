import { VirtualTimeScheduler } from 'rxjs'
import { createFakeTime } from '../../src/testing/fake-time.ts'

/** A clock that stands still until it is told to run, and its timers. */
export interface VirtualTime {
  readonly scheduler: VirtualTimeScheduler
  /** Lets the clock run, and everything happen that is due by then. */
  advance(ms: number): Promise<void>
  /** How many timers are set. */
  timers(): number
}

/** Creates the clock. It shows 0. */
export function createVirtualTime(): VirtualTime {
  const { scheduler, advance } = createFakeTime()
  if (!(scheduler instanceof VirtualTimeScheduler)) throw new TypeError('no timers to be counted')
  const timers = (): number => scheduler.actions.filter(({ closed }) => !closed).length
  return { scheduler, advance, timers }
}
