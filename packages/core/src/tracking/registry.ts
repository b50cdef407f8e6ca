import {
  asyncScheduler,
  concat,
  EMPTY,
  finalize,
  from,
  Subject,
  type Subscription,
  switchMap,
  takeUntil,
  timer,
} from 'rxjs'
import type { Connection } from '../connection/connection.ts'
import { SessionLost } from '../connection/failure.ts'
import { offers, type Session } from '../connection/session.ts'
import type { ResolvedOptions } from '../options.ts'
import { type ErrorEvent, jobTarget, type UpdateEvent } from '../protocol/server-event.ts'
import { parseJobSnapshot } from '../protocol/snapshots.ts'
import type { JobEvent } from '../state/job-state.ts'
import { createJobCell, type JobCell } from './cell.ts'
import { unregisterJob } from './register.ts'
import { type Registration, registrations } from './registrations.ts'
import { syncOnSession, syncWhile } from './sync.ts'

/** What is followed: one cell per job however many watch it, registered anew on each session. */
export interface Registry {
  /** The cell of a job, followed until `release` was called as often as `hold`. */
  hold(jobId: string): JobCell
  /** Lets go. The registration ends a little later, unless somebody holds the job again. */
  release(cell: JobCell): void
  /** What was heard of a job otherwise than by its registration. */
  dispatch(jobId: string, event: JobEvent): void
  /** Takes in what the stream says. */
  receive(event: UpdateEvent | ErrorEvent): void
  /** Ends every timer. */
  close(): void
}

/** A registry over `connection`, which it tells when it is wanted and when everything is in sync. */
export function createRegistry(options: ResolvedOptions, connection: Connection): Registry {
  /** By target. A cell stays while it is held, and a little longer. */
  const cells = new Map<string, JobCell>()
  /** The ids of the cells whose job has not ended: what each new session registers. */
  const followed = new Set<string>()
  /** The ids this session has not answered for yet. */
  const unanswered = new Set<string>()
  const added$ = new Subject<string>()
  const closed$ = new Subject<void>()
  let session: Session | null = null
  let linger: Subscription | undefined

  const apply = (cell: JobCell | undefined, event: JobEvent): void => {
    cell?.dispatch(event)
    if (cell?.getSnapshot().isDone) unfollow(cell.jobId)
  }
  const follow = (jobId: string): void => {
    followed.add(jobId)
    linger?.unsubscribe()
    linger = undefined
    connection.dispatch({ type: 'wanted' })
    added$.next(jobId)
  }
  const unfollow = (jobId: string): void => {
    if (!followed.delete(jobId)) return
    unregister(jobId)
    answeredFor(jobId)
    if (followed.size > 0 || isClosed()) return
    linger = timer(options.lingerMs)
      .pipe(takeUntil(closed$))
      .subscribe(() => connection.dispatch({ type: 'lingered' }))
  }
  const isClosed = (): boolean => connection.state.getSnapshot().status === 'closed'
  const unregister = (jobId: string): void => {
    if (session && offers(session, 'unsubscribe-job')) void unregisterJob(options, session, jobId)
  }
  const answeredFor = (jobId: string): void => {
    unanswered.delete(jobId)
    if (session && unanswered.size === 0) connection.dispatch({ type: 'synced' })
  }

  const registerAll = (current: Session) => {
    for (const jobId of followed) unanswered.add(jobId)
    if (unanswered.size === 0) connection.dispatch({ type: 'synced' })
    const jobIds$ = concat(from([...followed]), added$)
    return registrations(options, current, jobIds$, (jobId) => followed.has(jobId))
  }
  const settle = ({ jobId, registered }: Registration): void => {
    const at = asyncScheduler.now()
    const cell = cells.get(jobTarget(jobId))
    switch (registered.type) {
      case 'sessionLost':
        connection.fail(new SessionLost(registered.error.message))
        return
      case 'answered':
        // Let go of while the answer was under way: the server has only now registered it.
        if (!followed.has(jobId)) unregister(jobId)
        apply(cell, { type: 'answered', snapshot: registered.snapshot, at })
        break
      case 'missed':
        apply(cell, { type: 'missed', at })
        break
      case 'refused': {
        const sync = { status: 'refused', since: at, reason: registered.code } as const
        apply(cell, { type: 'syncChanged', sync })
      }
    }
    answeredFor(jobId)
  }

  const syncAll = (): void => {
    for (const jobId of followed) {
      const cell = cells.get(jobTarget(jobId))
      if (cell) apply(cell, { type: 'syncChanged', sync: syncNow(cell) })
    }
  }
  const syncNow = (cell: JobCell) => {
    const { sync } = cell.getSnapshot()
    const at = asyncScheduler.now()
    return session ? syncOnSession(sync, at) : syncWhile(connection.state.getSnapshot(), sync, at)
  }

  connection.session$
    .pipe(
      switchMap((current) => {
        session = current
        unanswered.clear()
        if (current === null) return EMPTY
        syncAll()
        return registerAll(current)
      }),
    )
    .subscribe(settle)
  connection.state.subscribe(() => {
    if (session === null) syncAll()
  })

  return {
    hold(jobId) {
      const target = jobTarget(jobId)
      const cell = cells.get(target) ?? createJobCell(jobId)
      cells.set(target, cell)
      cell.holders += 1
      if (!followed.has(jobId) && !cell.getSnapshot().isDone) {
        follow(jobId)
        if (session === null) apply(cell, { type: 'syncChanged', sync: syncNow(cell) })
      }
      return cell
    },
    release(cell) {
      cell.holders -= 1
      if (cell.holders > 0) return
      const drop = (): void => {
        if (cell.holders > 0 || cells.get(jobTarget(cell.jobId)) !== cell) return
        cells.delete(jobTarget(cell.jobId))
        unfollow(cell.jobId)
      }
      if (isClosed()) drop()
      else timer(options.keepAliveMs).pipe(takeUntil(closed$), finalize(drop)).subscribe()
    },
    dispatch(jobId, event) {
      apply(cells.get(jobTarget(jobId)), event)
    },
    receive(event) {
      const cell = cells.get(event.target)
      if (event.type === 'error') {
        const sync = { status: 'stale', since: asyncScheduler.now(), reason: event.code } as const
        return apply(cell, { type: 'syncChanged', sync })
      }
      const snapshot = parseJobSnapshot(event.payload)
      if (!(snapshot instanceof Error)) apply(cell, { type: 'updated', snapshot })
    },
    close: () => closed$.next(),
  }
}
