import { Subscription } from 'rxjs'
import type { Connection } from '../connection/connection.ts'
import type { ConnectionState } from '../connection/connection-model.ts'
import { isProxied } from '../connection/connection-state.ts'
import { failed } from '../connection/failure.ts'
import { isForge } from '../connection/session.ts'
import { RpcError } from '../errors.ts'
import type { Target } from '../kinds/kind.ts'
import type { ErrorEvent, GapEvent, TargetKind } from '../protocol/server-event.ts'
import type { Transport } from '../rpc/transport.ts'
import type { FollowEvent } from '../state/run-state.ts'
import { type Sync, syncOnAnswer } from '../state/sync.ts'
import { after } from '../time/after.ts'
import type { Cell } from './cell.ts'
import { createCellMap } from './cell-map.ts'
import { createCoalescer } from './coalescer.ts'
import { createHolds, type Holds } from './holds.ts'
import { createPolling } from './polling.ts'
import type { Registered } from './register.ts'
import { createRegistrar, type Registrar } from './registrar.ts'
import { rereadQuiet } from './reread.ts'
import { syncOnDoubt, syncOnFailure, syncOnFresh, syncOnSession, syncWhile } from './sync.ts'

/** What is followed: one cell per target however many watch it, registered anew on each session. */
export interface Registry extends Omit<Holds, 'close'> {
  /** The cell of a target that somebody holds, or held just now. */
  find(target: Target): Cell | undefined
  /** The time, in epoch milliseconds. */
  now(): number
  /** Where the connection is. */
  connectionState(): ConnectionState
  /** What was heard of a target otherwise than by its registration. */
  dispatch(kind: TargetKind, id: string, event: FollowEvent<unknown>): void
  /** Registers again: the server knows better, or was asked to do something. */
  refetch(cell: Cell): void
  /** Takes in an `update`, as text. */
  update(data: string): void
  /** Reads again all that is followed: nobody knows whether the stream still has anything to say. */
  doubt(): void
  /** Takes in trouble with one target. */
  trouble(event: ErrorEvent | GapEvent): void
  /** Why the server cannot read changes; `null`: it can again. */
  freshness(reason: string | null): void
  /** Follows the connection. */
  run(connection: Connection): void
  /** Ends every timer. */
  close(): void
}

/** A registry, which tells its connection when it is wanted and when everything is in sync. */
export function createRegistry(transport: Transport): Registry {
  const { options } = transport
  const { scheduler, elapsed } = options
  const cells = createCellMap()
  /** Those that have not ended: what each new session registers. */
  const followed = new Set<Cell>()
  let linger = Subscription.EMPTY
  /** Nothing has been followed for a while. */
  let isDeserted = false
  let rereads = Subscription.EMPTY
  let registrar: Registrar | null = null
  /** Why the session's server cannot read changes; `null` while it can. */
  let doubt: string | null = null
  let connection: Connection

  const findFollowed = (target: string): Cell | undefined => {
    const cell = cells.find(target)
    return cell?.isFollowed ? cell : undefined
  }
  /** What has ended is not followed any more; what a higher revision has reopened, again. */
  const refollow = (cell: Cell): void => {
    if (!cell.isDone) {
      if (!cell.isFollowed && cells.has(cell)) follow(cell)
    } else if (!cell.isChecked) {
      showEnd(cell)
      unfollow(cell)
    }
  }
  /** No later event could confirm it: a pushed end is final. */
  const showEnd = (cell: Cell): void => {
    const { status } = cell.view.sync
    const isDoubted = status === 'stale' || status === 'catching-up'
    if (!registrar || !cell.isFollowed || !isDoubted) return
    cell.dispatch({ type: 'syncChanged', sync: syncOnAnswer(scheduler.now()) })
  }
  const apply = (cell: Cell, event: FollowEvent<unknown>): void => {
    cell.dispatch(event)
    refollow(cell)
  }
  const coalescer = createCoalescer(
    options.everyUpdate ? 0 : options.coalesceMs,
    scheduler,
    refollow,
  )
  const polling = createPolling(transport, followed, apply)

  const follow = (cell: Cell): void => {
    if (cell.isFollowed) return
    cell.isFollowed = true
    followed.add(cell)
    linger.unsubscribe()
    isDeserted = false
    connection.dispatch({ type: 'wanted' })
    // What had ended when somebody began to watch it is asked for once: it may have been run again since.
    cell.isChecked = cell.isDone
    showSync(cell)
    registrar?.add(cell)
  }
  const unfollow = (cell: Cell): void => {
    if (!cell.isFollowed) return
    cell.isFollowed = false
    followed.delete(cell)
    registrar?.remove(cell)
    tellSynced()
    if (followed.size > 0) return
    if (isClosed()) return connection.dispatch({ type: 'lingered' })
    linger = after(options.lingerMs, scheduler).subscribe(() => {
      isDeserted = true
      const session = connection.session.getSnapshot()
      // It would keep the session all the same, and the next run need another one: it may end the stream itself.
      if (!session || !isForge(session)) connection.dispatch({ type: 'lingered' })
    })
  }
  const isClosed = (): boolean => connection.state.getSnapshot().status === 'closed'
  const holds = createHolds(options, cells, { follow, unfollow, isClosed })

  const tellSynced = (): void => {
    if (registrar?.isSettled()) connection.dispatch({ type: 'synced' })
  }
  const onRegistered = (cell: Cell, registered: Registered): void => {
    const at = scheduler.now()
    if (!rereads.closed) cell.heardAt = elapsed()
    if (registered.type !== 'failed') cell.isChecked = false
    switch (registered.type) {
      case 'sessionLost':
        return connection.dispatch(failed('session_lost'))
      case 'failed': {
        const sync = syncOnFailure(cell.view.sync, at, registered.error.code)
        return apply(cell, { type: 'syncChanged', sync })
      }
      case 'answered':
        apply(cell, { type: 'answered', snapshot: registered.snapshot, at, doubt })
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
  const syncOf = ({ view: { sync } }: Cell): Sync => {
    const at = scheduler.now()
    if (!registrar) return syncWhile(connection.state.getSnapshot(), sync, at)
    const fresh = syncOnSession(sync, at)
    return doubt === null ? fresh : syncOnDoubt(fresh, at, doubt)
  }
  /** An end is what it is, however it goes with the connection. */
  const showSync = (cell: Cell): void => {
    if (!cell.isDone) apply(cell, { type: 'syncChanged', sync: syncOf(cell) })
  }
  const move = (): void => {
    registrar?.close()
    rereads.unsubscribe()
    const session = connection.session.getSnapshot()
    const own = session && createRegistrar(transport, session, { onRegistered, find: findFollowed })
    registrar = own
    doubt = null
    if (!own && isDeserted) connection.dispatch({ type: 'lingered' })
    if (!own) return
    followed.forEach(showSync)
    for (const cell of followed) own.add(cell)
    tellSynced()
    // Who was told may have ended the session.
    if (own === registrar && !own.isRevised) rereads = rereadQuiet(options, followed, own)
  }

  return {
    ...holds,
    find: ({ item }) => cells.get(item.kind, item.id),
    now: () => scheduler.now(),
    connectionState: () => connection.state.getSnapshot(),
    dispatch(kind, id, event) {
      const cell = cells.get(kind, id)
      if (cell) apply(cell, event)
    },
    refetch(cell) {
      if (cell.isFollowed) registrar?.reread(cell)
      else if (cells.has(cell)) follow(cell)
    },
    update(data) {
      const cell = cells.findUpdated(data)
      if (!cell || !registrar) return
      if (!registrar.isRevised) cell.hear(elapsed())
      coalescer.push(cell, data, registrar.isRevised)
    },
    doubt() {
      for (const cell of followed) registrar?.reread(cell)
    },
    trouble(event) {
      const cell = findFollowed(event.target)
      if (!cell) return
      const at = scheduler.now()
      if (event.type === 'error') {
        const error = new RpcError(event.message, { code: event.code })
        apply(cell, { type: 'troubled', error, at })
      } else {
        const sync = { status: 'catching-up', since: at, reason: 'gap' } as const
        apply(cell, { type: 'syncChanged', sync })
      }
      registrar?.rereadLater(cell)
    },
    freshness(reason) {
      const before = doubt
      if (!registrar || reason === before) return
      doubt = reason
      const at = scheduler.now()
      for (const cell of followed) {
        if (cell.isDone) continue
        const { sync } = cell.view
        const isAwaited = registrar?.isAwaiting(cell) ?? false
        const next =
          reason === null
            ? syncOnFresh(sync, at, String(before), isAwaited)
            : syncOnDoubt(sync, at, reason)
        apply(cell, { type: 'syncChanged', sync: next })
      }
    },
    run(own) {
      connection = own
      own.session.subscribe(move)
      own.state.subscribe(() => {
        const state = own.state.getSnapshot()
        polling.run(isProxied(state))
        if (!registrar) followed.forEach(showSync)
      })
    },
    close() {
      coalescer.close()
      polling.run(false)
      rereads.unsubscribe()
      linger.unsubscribe()
      holds.close()
    },
  }
}
