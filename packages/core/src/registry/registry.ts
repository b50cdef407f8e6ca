import type { Connection } from '../connection/connection.ts'
import type { ConnectionListener } from '../connection/connection-listener.ts'
import type { ConnectionState } from '../connection/connection-model.ts'
import { isLosing, isPolled } from '../connection/connection-state.ts'
import { failed } from '../connection/failure.ts'
import { RpcError } from '../errors.ts'
import type { Target } from '../kinds/kind.ts'
import type { ErrorEvent, GapEvent } from '../protocol/server-event.ts'
import type { TargetKind } from '../protocol/target.ts'
import type { Transport } from '../rpc/transport.ts'
import type { FollowEvent } from '../state/run-state.ts'
import { type Sync, syncOnAnswer } from '../state/sync.ts'
import type { Cell } from './cell.ts'
import { createCellMap } from './cell-map.ts'
import { createCoalescer } from './coalescer.ts'
import { createFollowedSession, type FollowedSession } from './followed-session.ts'
import { createHolds, type Holds } from './holds.ts'
import { nextBatch } from './next-batch.ts'
import { createPolling } from './polling.ts'
import { createStreamDemand } from './stream-demand.ts'
import { syncWithoutSession } from './sync-changes.ts'

/**
 * The targets that a page follows: one cell per target, registered anew on each session.
 *
 *   handle ──hold──► cell ──follow──► followed ──register──► session: registrations, answers,
 *   pushes
 *                     │                  │ the run ends: unfollowed, and the cell keeps its end
 *          release ──►│ no holder for `keepAliveMs`: dropped, unregistered
 *                     ▼
 *   nothing followed for `lingerMs`: the stream closes
 *
 * A new session registers everything in `followed`. Without a session the cells turn stale.
 */
export interface Registry extends Omit<Holds, 'close'>, ConnectionListener {
  /** The cell of a target, if the page has one. */
  find(target: Target): Cell | undefined
  /** The time, in epoch milliseconds. */
  now(): number
  connectionState(): ConnectionState
  /** Reduces an event of a target, if the page has its cell. */
  dispatch(kind: TargetKind, id: string, event: FollowEvent<unknown>): void
  /** Registers a cell once more, to get the server's newest state. */
  refetch(cell: Cell): void
  /** Uses `connection` from now on. Called once, before anything else. */
  connect(connection: Connection): void
  /**
   * Publishes what is due, drops cells without holders, and ends every timer. Call it once the
   * connection is closed.
   */
  close(): void
}

/** Creates the registry of one client. */
export function createRegistry(transport: Transport): Registry {
  const { options } = transport
  const { scheduler } = options
  const cells = createCellMap()
  /** The cells that have not ended, and those in `rechecked`. Each new session registers them. */
  const followed = new Set<Cell>()
  /** Ended cells that the server is asked about once: their runs may have been run again. */
  const rechecked = new Set<Cell>()
  const demand = createStreamDemand(options)
  let current: FollowedSession | null = null
  let connection: Connection

  const dispatch = (cell: Cell, event: FollowEvent<unknown>): void => {
    cell.dispatch(event)
    followWhileActive(cell)
  }
  /**
   * Stops following a run that has ended, and follows one again that a higher revision has
   * reopened.
   */
  const followWhileActive = (cell: Cell): void => {
    if (!cell.isDone) {
      if (!followed.has(cell) && cells.has(cell)) follow(cell)
    } else if (followed.has(cell) && !rechecked.has(cell)) {
      confirmEnd(cell)
      unfollow(cell)
    }
  }
  /** Makes the sync `live` before the cell is unfollowed: no later event would do it. */
  const confirmEnd = (cell: Cell): void => {
    const { status } = cell.view.sync
    if (!current || (status !== 'stale' && status !== 'catching-up')) return
    cell.dispatch({ type: 'syncChanged', sync: syncOnAnswer(scheduler.now()) })
  }
  const follow = (cell: Cell): void => {
    if (followed.has(cell)) return
    followed.add(cell)
    demand.begin(connection)
    if (cell.isDone) rechecked.add(cell)
    else dispatch(cell, { type: 'syncChanged', sync: syncOf(cell) })
    current?.register(cell)
  }
  const unfollow = (cell: Cell): void => {
    if (!followed.delete(cell)) return
    rechecked.delete(cell)
    current?.unregister(cell)
    if (followed.size === 0) demand.end(connection)
  }
  const syncOf = (cell: Cell): Sync =>
    current
      ? current.syncOf(cell)
      : syncWithoutSession(connection.state.getSnapshot(), cell.view.sync, scheduler.now())
  const findFollowed = (target: string): Cell | undefined => {
    const cell = cells.find(target)
    return cell && followed.has(cell) ? cell : undefined
  }
  const holds = createHolds(options, cells, {
    follow,
    unfollow,
    isClosed: () => connection.state.getSnapshot().status === 'closed',
  })
  const polling = createPolling(transport, followed, dispatch)
  const intervalMs = options.everyUpdate ? 0 : options.coalesceMs
  const coalescer = createCoalescer(intervalMs, scheduler, followWhileActive)

  const onSessionChange = (): void => {
    current?.close()
    const session = connection.session.getSnapshot()
    current = session && createFollowedSession(transport, session, listener)
    if (current) current.start({ isLosing: isLosing(connection.state.getSnapshot()) })
    else demand.onSessionEnd(connection)
  }
  const onConnectionChange = (): void => {
    const state = connection.state.getSnapshot()
    if (isPolled(state)) polling.start()
    else polling.stop()
    if (current) return
    for (const cell of followed) {
      if (!cell.isDone) dispatch(cell, { type: 'syncChanged', sync: syncOf(cell) })
    }
  }
  const listener = {
    followed,
    find: findFollowed,
    dispatch,
    onAnswered: (cell: Cell) => void rechecked.delete(cell),
    onComplete: () => connection.dispatch({ type: 'synced' }),
    onSessionLost: () => connection.dispatch(failed('session_lost')),
  }
  return {
    ...holds,
    find: ({ item }) => cells.get(item.kind, item.id),
    now: () => scheduler.now(),
    connectionState: () => connection.state.getSnapshot(),
    dispatch(kind, id, event) {
      const cell = cells.get(kind, id)
      if (cell) dispatch(cell, event)
    },
    refetch(cell) {
      if (followed.has(cell)) current?.registerAgain(cell)
      else if (cells.has(cell)) follow(cell)
    },
    itemsToCarry() {
      // One that was refused may be the reason why a whole request was: it goes alone.
      const due = [...followed].filter(({ view }) => view.sync.status !== 'refused')
      return due.slice(0, nextBatch(due, options.maxCarried)).map(({ item }) => item)
    },
    onAnswers: (answers) => current?.onStreamAnswers(answers),
    onUpdate(data) {
      const cell = cells.findUpdated(data)
      if (!cell || !current) return
      if (!current.hasRevisions) current.onPush(cell)
      coalescer.push(cell, data, current.hasRevisions)
    },
    onTrouble(event) {
      const cell = findFollowed(event.target)
      if (!cell) return
      dispatch(cell, toTroubleEvent(event, scheduler.now()))
      current?.registerAfterTrouble(cell)
    },
    onFreshness: (reason) => current?.onFreshness(reason),
    onClockJump() {
      for (const cell of followed) current?.registerAgain(cell)
    },
    connect(own) {
      connection = own
      // The connection ends a session before its state says why.
      own.session.subscribe(onSessionChange)
      own.state.subscribe(onConnectionChange)
    },
    close() {
      coalescer.close()
      polling.stop()
      holds.close()
      demand.close()
    },
  }
}

function toTroubleEvent(event: ErrorEvent | GapEvent, at: number): FollowEvent<unknown> {
  if (event.type === 'gap') {
    return { type: 'syncChanged', sync: { status: 'catching-up', since: at, reason: 'gap' } }
  }
  return { type: 'troubled', error: new RpcError(event.message, { code: event.code }), at }
}
