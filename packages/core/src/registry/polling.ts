import { Subscription } from 'rxjs'
import { maxRetryAfterMs } from '../connection/backoff.ts'
import { RpcError } from '../errors.ts'
import { isNoRoute } from '../rpc/offers.ts'
import { request } from '../rpc/request.ts'
import type { Transport } from '../rpc/transport.ts'
import type { FollowEvent } from '../state/run-state.ts'
import { after } from '../time/after.ts'
import type { Cell } from './cell.ts'
import { isFinal } from './registration-requests.ts'

/** Reads snapshots one by one while a proxy keeps the stream back. */
export interface Polling {
  /** Starts; does nothing while it runs. */
  start(): void
  /** Aborts what is being read. */
  stop(): void
}

/**
 * Polls every cell of `followed`, once per round. A cell that is still being read waits for the
 * next round, so a request that hangs holds up no other cell.
 *
 * @param dispatch takes in what was read: a snapshot, a missing run, or a refusal
 */
export function createPolling(
  transport: Transport,
  followed: ReadonlySet<Cell>,
  dispatch: (cell: Cell, event: FollowEvent<unknown>) => void,
): Polling {
  const { scheduler, elapsed, pollMs, pollTimeoutMs, maxRegistrationsInFlight } = transport.options
  const reading = new Set<Cell>()
  let due: Cell[] = []
  let retryAtMs = 0
  let controller: AbortController | null = null
  let rounds = Subscription.EMPTY

  const read = async (cell: Cell, signal: AbortSignal): Promise<void> => {
    const { item, kind } = cell
    try {
      const options = { ...kind.toRead(item), signal, timeoutMs: pollTimeoutMs }
      const { data, revision } = await request(transport, options)
      const snapshot = kind.parse(data, revision)
      // What the stream has brought meanwhile is newer than a state without a revision.
      if (snapshot instanceof Error || signal.aborted || cell.view.sync.status === 'live') return
      dispatch(cell, { type: 'updated', snapshot })
    } catch (error) {
      if (!signal.aborted && error instanceof RpcError) onError(cell, error)
    }
  }
  const onError = (cell: Cell, error: RpcError): void => {
    const at = scheduler.now()
    const waitMs = Math.min(error.retryAfterMs ?? 0, maxRetryAfterMs)
    retryAtMs = Math.max(retryAtMs, elapsed() + waitMs)
    if (error.code === cell.kind.missing) return dispatch(cell, { type: 'missed', error, at })
    // `HTTP_…` is not the server's own answer: the proxy that keeps the stream back may have given
    // it.
    const isFromServer = !error.code.startsWith('HTTP_') && !isNoRoute(error)
    if (isFinal(error) && isFromServer) dispatch(cell, { type: 'refused', error, at })
  }
  const canRead = ({ item, view }: Cell): boolean =>
    view.sync.status !== 'refused' &&
    (item.kind === 'query' || transport.capabilities.has('get') !== false)
  const readDue = async (signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      const cell = due.shift()
      if (!cell) return
      reading.add(cell)
      await read(cell, signal)
      reading.delete(cell)
    }
  }
  const startRound = (signal: AbortSignal): void => {
    if (elapsed() < retryAtMs) return
    due = [...followed].filter((cell) => !reading.has(cell) && canRead(cell))
    while (due.length > 0 && reading.size < maxRegistrationsInFlight) void readDue(signal)
  }
  return {
    start() {
      if (controller) return
      controller = new AbortController()
      const { signal } = controller
      rounds = after(0, scheduler, pollMs).subscribe(() => startRound(signal))
    },
    stop() {
      rounds.unsubscribe()
      controller?.abort()
      controller = null
    },
  }
}
