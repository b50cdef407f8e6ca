import { Subscription } from 'rxjs'
import { RpcError } from '../errors.ts'
import type { Api } from '../rpc/authorized-fetch.ts'
import { call } from '../rpc/call.ts'
import { request } from '../rpc/request.ts'
import type { FollowEvent } from '../state/run-state.ts'
import { after } from '../time/after.ts'
import type { Cell } from './cell.ts'

/** Reads snapshots one by one while no stream gets through. */
export interface Polling {
  /** Whether to go on; saying it twice is harmless. */
  run(isOn: boolean): void
}

/**
 * Polls what is followed, where the server has snapshots to read: each cell once per round, the next
 * round a while after the last answer. A server that has none is not asked again.
 */
export function createPolling(
  api: Api,
  followed: ReadonlySet<Cell>,
  apply: (cell: Cell, event: FollowEvent<unknown>) => void,
): Polling {
  const { scheduler, pollMs } = api.options
  let controller: AbortController | null = null
  let waiting = Subscription.EMPTY

  const read = async (cell: Cell, signal: AbortSignal): Promise<void> => {
    const path = cell.kind.snapshotPath(cell.item.id)
    const { item } = cell
    const data = path
      ? (await request(api, { method: 'GET', path, signal })).data
      : await call(
          api,
          'function' in item ? item.function : '',
          'args' in item ? item.args : null,
          { signal },
        )
    const snapshot = cell.kind.parse(data, undefined)
    if (!(snapshot instanceof Error) && !signal.aborted) apply(cell, { type: 'updated', snapshot })
  }
  const round = async (signal: AbortSignal): Promise<void> => {
    for (const cell of [...followed]) {
      if (signal.aborted) return
      try {
        await read(cell, signal)
      } catch (error) {
        if (signal.aborted) return
        if (error instanceof RpcError && error.code === cell.kind.missing) {
          apply(cell, { type: 'missed', at: scheduler.now() })
        }
      }
    }
    if (!signal.aborted) waiting = after(pollMs, scheduler).subscribe(() => void round(signal))
  }
  return {
    run(isOn) {
      if (isOn === (controller !== null)) return
      waiting.unsubscribe()
      controller?.abort()
      controller = isOn ? new AbortController() : null
      if (controller) void round(controller.signal)
    },
  }
}
