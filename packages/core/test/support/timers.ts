import { VirtualTimeScheduler } from 'rxjs'
import type { Api, ClientOptions, UntypedApi } from '../../src/index.ts'
import { createFakeTime } from '../../src/testing/fake-time.ts'
import {
  createFakeClient,
  type FakeClient,
  type FakeGatewayOptions,
} from '../../src/testing/index.ts'

/** A fake client whose timers can be counted. */
export interface TimedClient<TApi extends Api> extends FakeClient<TApi> {
  /** How many timers are set. */
  timers(): number
}

export function createTimedClient<TApi extends Api = UntypedApi>(
  gatewayOptions: FakeGatewayOptions = {},
  clientOptions: ClientOptions = {},
): TimedClient<TApi> {
  const { scheduler, advance } = createFakeTime()
  if (!(scheduler instanceof VirtualTimeScheduler)) throw new TypeError('its timers cannot be seen')
  const options = { random: () => 0.5, ...clientOptions, scheduler }
  return {
    ...createFakeClient<TApi>(gatewayOptions, options),
    advance,
    timers: () => scheduler.actions.filter(({ closed }) => !closed).length,
  }
}
