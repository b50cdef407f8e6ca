import { Subscription } from 'rxjs'
import { maxRetryAfterMs } from '../connection/backoff.ts'
import { RpcError } from '../errors.ts'
import { isNoRoute } from '../rpc/offers.ts'
import { request } from '../rpc/request.ts'
import type { Transport } from '../rpc/transport.ts'
import type { FollowEvent } from '../state/run-state.ts'
import { after } from '../time/after.ts'
import type { Cell } from './cell.ts'
import { isFinal } from './register.ts'

/** Reads snapshots one by one while no stream gets through. */
export interface Polling {
  /** Whether to go on; saying it twice is harmless. */
  run(isOn: boolean): void
}

/**
 * Polls what is followed, where the server has snapshots to read: each cell once per round, unless it is
 * still being read. What is refused is shown as by a registration.
 */
export function createPolling(
  transport: Transport,
  followed: ReadonlySet<Cell>,
  apply: (cell: Cell, event: FollowEvent<unknown>) => void,
): Polling {
  const { scheduler, elapsed, pollMs, pollTimeoutMs, maxRegistrationsInFlight } = transport.options
  const reading = new Set<Cell>()
  let due: Cell[] = []
  let restsUntilMs = 0
  let controller: AbortController | null = null
  let waiting = Subscription.EMPTY

  const read = async (cell: Cell, signal: AbortSignal): Promise<void> => {
    const { item, kind } = cell
    const asked = { ...kind.toRead(item), signal, timeoutMs: pollTimeoutMs }
    const { data } = await request(transport, asked)
    const snapshot = kind.parse(data)
    if (!(snapshot instanceof Error) && !signal.aborted) apply(cell, { type: 'updated', snapshot })
  }
  const poll = async (cell: Cell, signal: AbortSignal): Promise<void> => {
    try {
      await read(cell, signal)
    } catch (error) {
      const at = scheduler.now()
      if (signal.aborted || !(error instanceof RpcError)) return
      restsUntilMs = elapsed() + Math.min(error.retryAfterMs ?? 0, maxRetryAfterMs)
      if (error.code === cell.kind.missing) apply(cell, { type: 'missed', at })
      // What is not the server's own word may be that of what keeps the stream back.
      else if (isFinal(error) && !error.code.startsWith('HTTP_') && !isNoRoute(error)) {
        apply(cell, { type: 'refused', error, at })
      }
    }
  }
  /** Each that is not being read already, a few at a time: one that hangs holds up none of the others. */
  const round = (signal: AbortSignal): void => {
    if (elapsed() < restsUntilMs) return
    due = [...followed].filter((cell) => !reading.has(cell) && isReadable(cell))
    while (due.length > 0 && reading.size < maxRegistrationsInFlight) void pollNext(signal)
  }
  /** A run, where the server has snapshots; and nothing that it has refused. */
  const isReadable = ({ item, view }: Cell): boolean =>
    view.sync.status !== 'refused' &&
    (item.kind === 'query' || transport.capabilities.has('get') !== false)
  const pollNext = async (signal: AbortSignal): Promise<void> => {
    for (let cell = due.shift(); cell && !signal.aborted; cell = due.shift()) {
      reading.add(cell)
      await poll(cell, signal)
      reading.delete(cell)
    }
  }
  return {
    run(isOn) {
      if (isOn === (controller !== null)) return
      waiting.unsubscribe()
      controller?.abort()
      controller = isOn ? new AbortController() : null
      if (!controller) return
      const { signal } = controller
      waiting = after(0, scheduler, pollMs).subscribe(() => round(signal))
    },
  }
}
