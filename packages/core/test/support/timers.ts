import { VirtualTimeScheduler } from 'rxjs'
import type { ClientOptions } from '../../src/index.ts'
import { createFakeTime } from '../../src/testing/fake-time.ts'
import {
  createFakeClient,
  type FakeClient,
  type FakeGatewayOptions,
} from '../../src/testing/index.ts'

/** A fake client with a count of its timers. */
export interface TimedClient extends FakeClient {
  /** The number of timers that are set. */
  timers(): number
  /** The time since the start, in milliseconds. */
  elapsed(): number
  /** Sets the time of day. The clock for durations does not change. */
  setClock(byMs: number): void
}

/** Makes a fake client with a count of its timers. Its `random` returns 0.5. */
export function createTimedClient(
  gatewayOptions: FakeGatewayOptions = {},
  clientOptions: ClientOptions = {},
): TimedClient {
  const { scheduler, advance } = createFakeTime()
  if (!(scheduler instanceof VirtualTimeScheduler)) throw new TypeError('no timers to be counted')
  let setByMs = 0
  scheduler.now = () => scheduler.frame + setByMs
  return {
    ...createFakeClient(gatewayOptions, { random: () => 0.5, ...clientOptions, scheduler }),
    advance,
    timers: () => scheduler.actions.filter(({ closed }) => !closed).length,
    elapsed: () => scheduler.frame,
    setClock(byMs) {
      setByMs += byMs
    },
  }
}
