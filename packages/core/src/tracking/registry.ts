import { Subscription } from 'rxjs'
import type { Connection } from '../connection/connection.ts'
import { type ConnectionState, isProxied } from '../connection/connection-state.ts'
import { SessionLost } from '../connection/failure.ts'
import { RpcError } from '../errors.ts'
import { decodeEvent, updatePrefix } from '../protocol/decode.ts'
import type { BatchItem } from '../protocol/envelopes.ts'
import {
  type ErrorEvent,
  type GapEvent,
  prefixLength,
  type TargetKind,
  targetKind,
} from '../protocol/server-event.ts'
import type { Api } from '../rpc/authorized-fetch.ts'
import type { Fold, FollowEvent } from '../state/run-state.ts'
import { after } from '../time/after.ts'
import { Cell, type FollowView } from './cell.ts'
import { createCoalescer } from './coalescer.ts'
import { createPolling } from './polling.ts'
import { createRegistrar, type Registrar, type Settle } from './registrar.ts'
import { rereadQuiet } from './reread.ts'
import { syncOnFailure, syncOnSession, syncWhile } from './sync.ts'

/** What is followed: one cell per target however many watch it, registered anew on each session. */
export interface Registry {
  /**
   * The cell of a target, followed until `release` was called as often as `hold`.
   *
   * @param onDropped told when nothing of the target is kept any more
   */
  hold(item: BatchItem, fold: () => Fold<FollowView>, onDropped?: () => void): Cell
  /**
   * Lets go. What has ended is forgotten at once; else the registration ends a little later, unless somebody holds
   * the target again.
   */
  release(cell: Cell): void
  /** The cell of a target that somebody holds, or held just now. */
  find(item: BatchItem): Cell | undefined
  /** The time, in epoch milliseconds. */
  now(): number
  /** Where the connection is. */
  connectionState(): ConnectionState
  /** Does something once the stream could have been let go of, unless the client is closed before. */
  afterLinger(work: () => void): void
  /** What was heard of a target otherwise than by its registration. */
  dispatch(kind: TargetKind, id: string, event: FollowEvent<unknown>): void
  /** Registers again: the server knows better, or was asked to do something. */
  refetch(cell: Cell): void
  /** Takes in an `update`, as text. */
  update(data: string): void
  /** Takes in trouble with one target. */
  trouble(event: ErrorEvent | GapEvent): void
  /** Follows the connection. */
  run(connection: Connection): void
  /** Ends every timer. */
  close(): void
}

/** A registry, which tells its connection when it is wanted and when everything is in sync. */
export function createRegistry(api: Api): Registry {
  const { options } = api
  const { scheduler, elapsed } = options
  /** By kind and id. A cell stays while it is held, and a little longer. */
  const cells: Record<TargetKind, Map<string, Cell>> = {
    job: new Map(),
    workflow: new Map(),
    query: new Map(),
  }
  /** Those that have not ended: what each new session registers. */
  const followed = new Set<Cell>()
  let timers = new Subscription()
  let linger = Subscription.EMPTY
  let rereads = Subscription.EMPTY
  let registrar: Registrar | null = null
  let connection: Connection

  /** The cell of the target that is written in `text` from `from` to `end`. */
  const find = (text: string, from = 0, end = text.length): Cell | undefined => {
    const kind = targetKind(text, from)
    return kind && cells[kind].get(text.slice(from + prefixLength(kind), end))
  }
  /** Who has newer news by the time a frame would be shown need not parse it: its target suffices. */
  const findUpdated = (data: string): Cell | undefined => {
    const from = updatePrefix.length
    const isOurs = data.startsWith(updatePrefix)
    return (isOurs && find(data, from, data.indexOf('"', from))) || find(targetOf(data))
  }
  const isKnown = (cell: Cell): boolean => cells[cell.item.kind].get(cell.item.id) === cell
  /** What has ended is not followed any more; what a higher revision has reopened, again. */
  const refollow = (cell: Cell): void => {
    if (cell.isDone) unfollow(cell)
    else if (!followed.has(cell) && isKnown(cell)) follow(cell)
  }
  const coalescer = createCoalescer(
    options.everyUpdate ? 0 : options.coalesceMs,
    scheduler,
    refollow,
  )
  const polling = createPolling(api, followed, (cell, event) => apply(cell, event))

  const apply = (cell: Cell, event: FollowEvent<unknown>): void => {
    cell.dispatch(event)
    refollow(cell)
  }
  const follow = (cell: Cell): void => {
    followed.add(cell)
    linger.unsubscribe()
    connection.dispatch({ type: 'wanted' })
    apply(cell, { type: 'syncChanged', sync: syncOf(cell) })
    registrar?.add(cell)
  }
  const unfollow = (cell: Cell): void => {
    if (!followed.delete(cell)) return
    registrar?.remove(cell)
    tellSynced()
    if (followed.size > 0) return
    if (isClosed()) return connection.dispatch({ type: 'lingered' })
    linger = after(options.lingerMs, scheduler).subscribe(() =>
      connection.dispatch({ type: 'lingered' }),
    )
    timers.add(linger)
  }
  const drop = (cell: Cell): void => {
    if (cell.holders > 0 || !isKnown(cell)) return
    cells[cell.item.kind].delete(cell.item.id)
    unfollow(cell)
    cell.onDropped?.()
  }
  /** Those that are let go of in one turn: one timer for all. */
  let leaving: Cell[] | null = null
  const leave = (cell: Cell): void => {
    if (!leaving) {
      const cells = [cell]
      leaving = cells
      queueMicrotask(() => {
        leaving = null
      })
      timers.add(after(options.keepAliveMs, scheduler).subscribe(() => cells.forEach(drop)))
    } else leaving.push(cell)
  }
  const isClosed = (): boolean => connection.state.getSnapshot().status === 'closed'
  const tellSynced = (): void => {
    if (registrar?.isSettled()) connection.dispatch({ type: 'synced' })
  }
  const settle: Settle = (cell, registered) => {
    const at = scheduler.now()
    if (!rereads.closed) cell.heardAt = elapsed()
    switch (registered.type) {
      case 'sessionLost':
        return connection.fail(new SessionLost(registered.error.message))
      case 'failed': {
        const sync = syncOnFailure(cell.view.sync, at, registered.error.code)
        return apply(cell, { type: 'syncChanged', sync })
      }
      case 'answered':
        apply(cell, { type: 'answered', snapshot: registered.snapshot, at })
        // A push overtook the answer: one more read says which of them was newer. Overtaken again, it
        // has so much news that the next quiet moment will do.
        cell.isReread = cell.isUnsettled && !cell.isReread
        if (cell.isReread) registrar?.add(cell)
        break
      case 'missed':
        apply(cell, { type: 'missed', at })
        break
      case 'refused':
        apply(cell, { type: 'refused', error: registered.error, at })
    }
    tellSynced()
  }
  const syncOf = (cell: Cell) => {
    const { sync } = cell.view
    const at = scheduler.now()
    return registrar ? syncOnSession(sync, at) : syncWhile(connection.state.getSnapshot(), sync, at)
  }
  const syncAll = (): void => {
    for (const cell of followed) apply(cell, { type: 'syncChanged', sync: syncOf(cell) })
  }
  const move = (): void => {
    registrar?.close()
    rereads.unsubscribe()
    const session = connection.session.getSnapshot()
    registrar = session && createRegistrar(api, session, settle)
    if (!registrar || !session) return
    syncAll()
    for (const cell of followed) registrar.add(cell)
    tellSynced()
    if (!registrar.isRevised) {
      rereads = rereadQuiet(options, followed, registrar)
    }
  }

  return {
    hold(item, fold, onDropped) {
      const known = cells[item.kind]
      const cell = known.get(item.id) ?? new Cell(item, fold(), onDropped)
      known.set(item.id, cell)
      cell.holders += 1
      if (!followed.has(cell) && !cell.isDone) follow(cell)
      return cell
    },
    release(cell) {
      cell.holders -= 1
      if (cell.holders > 0) return
      if (cell.isDone || isClosed()) drop(cell)
      else leave(cell)
    },
    find: ({ kind, id }) => cells[kind].get(id),
    now: () => scheduler.now(),
    connectionState: () => connection.state.getSnapshot(),
    afterLinger: (work) => void timers.add(after(options.lingerMs, scheduler).subscribe(work)),
    dispatch(kind, id, event) {
      const cell = cells[kind].get(id)
      if (cell) apply(cell, event)
    },
    refetch(cell) {
      if (followed.has(cell)) registrar?.add(cell)
      else if (isKnown(cell)) follow(cell)
    },
    update(data) {
      const cell = findUpdated(data)
      if (!cell || !registrar) return
      if (!registrar.isRevised) cell.hear(elapsed())
      coalescer.push(cell, data, registrar.isRevised)
    },
    trouble(event) {
      const cell = find(event.target)
      if (!cell || !followed.has(cell)) return
      const at = scheduler.now()
      if (event.type === 'error') {
        const fields = { code: event.code, status: null, retryAfterMs: null, details: null }
        apply(cell, { type: 'troubled', error: new RpcError(event.message, fields), at })
      } else {
        const sync = { status: 'catching-up', since: at, reason: 'gap' } as const
        apply(cell, { type: 'syncChanged', sync })
      }
      registrar?.add(cell)
    },
    run(own) {
      connection = own
      own.session.subscribe(move)
      own.state.subscribe(() => {
        const state = own.state.getSnapshot()
        polling.run(isProxied(state) && state.status !== 'open')
        if (!registrar) syncAll()
      })
    },
    close() {
      coalescer.close()
      polling.run(false)
      rereads.unsubscribe()
      timers.unsubscribe()
      timers = new Subscription()
    },
  }
}

/** The target of an update whose text does not begin as ours do, or that nobody follows. */
function targetOf(data: string): string {
  const event = decodeEvent({ event: 'update', data })
  return event && 'target' in event ? event.target : ''
}
