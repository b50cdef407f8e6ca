import { VirtualTimeScheduler } from 'rxjs'
import { type ClientOptions, resolveOptions } from '../../src/options.ts'
import { createCapabilities } from '../../src/rpc/capabilities.ts'
import { createToken } from '../../src/rpc/token.ts'
import { noAnswer, type Transport } from '../../src/rpc/transport.ts'
import { createFakeTime } from '../../src/testing/fake-time.ts'

/** A request that `fetch` was called with. */
export interface Sent extends RequestInit {
  url: string
}

/** A transport in virtual time. */
export interface FakeTransport extends Transport {
  /** Every request so far, in order. */
  sent: Sent[]
  advance(ms: number): Promise<void>
  /** How many timers are set. */
  timers(): number
  /** Does what a client does when it is closed. */
  close(): void
}

/** Makes a transport whose `fetch` is `answer`. */
export function createTransport(
  answer: (request: Sent) => Response | Promise<Response>,
  options: ClientOptions = {},
): FakeTransport {
  const { scheduler, advance } = createFakeTime()
  const sent: Sent[] = []
  const fetch: typeof globalThis.fetch = async (url, init) => {
    const request = { ...init, url: String(url) }
    sent.push(request)
    return answer(request)
  }
  const resolved = resolveOptions({ url: 'http://gateway', fetch, scheduler, ...options })
  const pending: Transport['pending'] = new Set()
  let isClosed = false
  return {
    options: resolved,
    token: createToken(resolved, () => undefined),
    capabilities: createCapabilities(),
    isClosed: () => isClosed,
    pending,
    sent,
    advance,
    timers: () =>
      scheduler instanceof VirtualTimeScheduler
        ? scheduler.actions.filter(({ closed }) => !closed).length
        : Number.NaN,
    close() {
      isClosed = true
      for (const end of [...pending]) end(noAnswer('CLOSED', ''))
    },
  }
}
