import type { Session } from '../connection/session.ts'
import type { BatchAnswer } from '../protocol/envelopes.ts'
import type { Transport } from '../rpc/transport.ts'
import type { FollowEvent } from '../state/run-state.ts'
import type { Sync } from '../state/sync.ts'
import type { Cell } from './cell.ts'
import { createQuietReads } from './quiet-reads.ts'
import { type RegistrationAnswer, toFollowEvent } from './registration-answer.ts'
import { createRegistrations } from './registrations.ts'
import { syncOnDoubt, syncOnFresh, syncOnSession } from './sync-changes.ts'

/** The followed targets on one session: what its answers and its freshness mean to them. */
export interface FollowedSession {
  /** True if the server numbers states with revisions. */
  readonly hasRevisions: boolean
  /**
   * Registers everything that is followed. After sessions that were lost at once, views stay stale
   * until they are answered, so that they do not flicker.
   */
  start(trust: { isLosing: boolean }): void
  /** Takes in answers that came in the stream. */
  onStreamAnswers(answers: readonly BatchAnswer[]): void
  register(cell: Cell): void
  /** Registers a cell once more, also while an answer is under way. */
  registerAgain(cell: Cell): void
  /** Registers a cell once more after trouble, ever later while the trouble goes on. */
  registerAfterTrouble(cell: Cell): void
  unregister(cell: Cell): void
  /** The sync of a cell whose answer is still to come. */
  syncOf(cell: Cell): Sync
  /** Notes that the server pushed an update. */
  onPush(cell: Cell): void
  /** Takes in why the server cannot read changes; `null` when it can again. */
  onFreshness(reason: string | null): void
  /** Aborts all requests. */
  close(): void
}

/** Callbacks of the registry. */
export interface FollowedSessionListener {
  readonly followed: ReadonlySet<Cell>
  /** The followed cell of a target. */
  find(target: string): Cell | undefined
  dispatch(cell: Cell, event: FollowEvent<unknown>): void
  /** The server has answered for a cell, or refused it. */
  onAnswered(cell: Cell): void
  /** No answer is still to come. */
  onComplete(): void
  /** The server does not know the session any more. */
  onSessionLost(): void
}

/**
 * Creates the part of the registry that lives as long as one session. It sends nothing before
 * `start()` or `register()`.
 */
export function createFollowedSession(
  transport: Transport,
  session: Session,
  listener: FollowedSessionListener,
): FollowedSession {
  const { followed, find, dispatch } = listener
  const { options } = transport
  const { scheduler } = options
  const quietReads = createQuietReads(options, followed)
  /** Cells that are read once more, since a push overtook their answer. */
  const reread = new WeakSet<Cell>()
  /** Why the server cannot read changes; `null` while it can. */
  let doubt: string | null = null
  let isClosed = false

  const tellComplete = (): void => {
    if (!isClosed && registrations.isComplete()) listener.onComplete()
  }
  const onAnswer = (cell: Cell, answer: RegistrationAnswer): void => {
    quietReads.onAnswer(cell)
    if (answer.type !== 'failed') listener.onAnswered(cell)
    if (answer.type === 'sessionLost') return listener.onSessionLost()
    dispatch(cell, toFollowEvent(answer, cell.view.sync, scheduler.now(), doubt))
    if (answer.type === 'answered') rereadOvertaken(cell)
    tellComplete()
  }
  /**
   * Rereads once. A cell that is overtaken again has frequent news: the next quiet read will do.
   */
  const rereadOvertaken = (cell: Cell): void => {
    const isReread = reread.delete(cell)
    if (!cell.needsReread || isReread || !followed.has(cell)) return
    reread.add(cell)
    registrations.register(cell)
  }
  const registrations = createRegistrations(transport, session, { onAnswer, find })
  const { hasRevisions, register, registerAgain, registerAfterTrouble } = registrations
  const syncOf = ({ view }: Cell): Sync => syncOnSession(view.sync, scheduler.now(), doubt)

  return {
    hasRevisions,
    start({ isLosing }) {
      for (const cell of isLosing ? [] : followed) {
        // A listener may have ended the session: then the connection says how the others are.
        if (isClosed) return
        // The end of a run stays as it is.
        if (!cell.isDone) dispatch(cell, { type: 'syncChanged', sync: syncOf(cell) })
      }
      registrations.start(followed)
      tellComplete()
      if (!isClosed && !hasRevisions) quietReads.start(register)
    },
    onStreamAnswers: registrations.onStreamAnswers,
    register,
    registerAgain,
    registerAfterTrouble,
    unregister(cell) {
      registrations.unregister(cell)
      tellComplete()
    },
    syncOf,
    onPush: quietReads.onPush,
    onFreshness(reason) {
      const before = doubt
      if (reason === before) return
      doubt = reason
      const at = scheduler.now()
      for (const cell of followed) {
        if (isClosed) return
        if (cell.isDone) continue
        const { sync } = cell.view
        const next =
          reason === null
            ? syncOnFresh(sync, at, String(before), registrations.isAwaiting(cell))
            : syncOnDoubt(sync, at, reason)
        dispatch(cell, { type: 'syncChanged', sync: next })
      }
    },
    close() {
      isClosed = true
      quietReads.stop()
      registrations.close()
    },
  }
}
