import type { Logger } from 'pino'
import { authorizeMs } from '../access/authorize.ts'
import { hasEnded, type Run } from '../runs/run-store.ts'
import { within } from '../within.ts'
import { createPositionPushes } from './position-pushes.ts'
import type { ReadPositions } from './positions.ts'
import type { EndReason, RunRegistration } from './registration.ts'
import { createRemovedRuns } from './removed-runs.ts'
import { createRunFrames, type FrameOf } from './run-frames.ts'
import { createRunReads, type LiveRunStore } from './run-reads.ts'
import { createSnapshotGate, unsent } from './snapshot-gate.ts'
import { createSubscriptions } from './subscriptions.ts'

/** Pushes changes of runs to the registrations that watch them. */
export interface LiveRuns {
  /** Registers: from now on every change reaches the registration's gate. */
  watch(wanted: Omit<RunRegistration, 'gate' | 'knownStart'>): RunRegistration
  /** Removes a registration without calling its `ended`. */
  unwatch(registration: RunRegistration): void
  /**
   * The answer with this snapshot has been sent. Newer states are pushed from now on, unless the
   * registration has ended. `null`: it could not be sent, so the state is pushed.
   */
  answered(registration: RunRegistration, snapshot: Run | null): void
  /** The run with its place in its queue, as far as that is known. */
  place(run: Run): Run
  /** These runs may have changed: the watched ones are read again. */
  changed(runIds: Iterable<string>): void
  /**
   * Anything may have changed: resolves when everything that is watched was read, and changes were
   * sent.
   */
  allChanged(): Promise<void>
  close(): void
}

/** The wait before a failed `authorize` is called again, in milliseconds. */
const askAgainMs = 5_000

/** What live runs have beside their store. */
export interface LiveRunOptions {
  /** How long ended runs are kept, for pages that show a removed one; `null`: for ever. */
  retentionText?: string | null
  /** Default: no place is known. */
  readPositions?: ReadPositions
}

/**
 * Live runs over a store. A change is only a hint: the ids of one turn are collected and read in
 * one query, however many runs changed and however many registrations watch them.
 */
export function createLiveRuns(
  store: LiveRunStore,
  logger: Logger,
  { retentionText = null, readPositions = async () => new Map() }: LiveRunOptions = {},
): LiveRuns {
  const subscriptions = createSubscriptions<RunRegistration>()
  /** Pushes that wait for `authorize`. */
  const asking = new Set<Promise<void>>()

  const deliver = (read: Run): void => {
    const run = positions.follow(read)
    const frameOf = createRunFrames(run)
    for (const registration of subscriptions.of(run.id)) {
      const mayRead = registration.mayRead(run)
      if (typeof mayRead === 'boolean') push(registration, run, frameOf, mayRead)
      else {
        const late = within(authorizeMs, mayRead, 'authorize')
          .then((may) => pushLate(registration, run, frameOf, may))
          .catch((error: unknown) => askAgain(run.id, error))
          .finally(() => asking.delete(late))
        asking.add(late)
      }
    }
  }
  /** No other notification follows: this change may be the run's last. */
  const askAgain = (runId: string, error: unknown): void => {
    logger.warn(
      { err: error, runId },
      'authorize failed: it is called again before a change is pushed',
    )
    setTimeout(() => reads.changed([runId]), askAgainMs).unref()
  }
  const pushLate = (
    registration: RunRegistration,
    run: Run,
    frameOf: FrameOf,
    mayRead: boolean,
  ): void => {
    // The registration may have ended, and the run have moved, before `authorize` answered.
    if (!subscriptions.has(run.id, registration)) return
    const placed = positions.place(run)
    const hasMoved = placed.position !== run.position
    push(registration, placed, hasMoved ? createRunFrames(placed) : frameOf, mayRead)
  }
  const push = (
    registration: RunRegistration,
    run: Run,
    frameOf: FrameOf,
    mayRead: boolean,
  ): void => {
    // [PROTOCOL.md, "Authentication"] A registration without the right gets `FORBIDDEN`, and
    // nothing more.
    if (!mayRead) return end(registration, 'refused')
    if (run.isLarge) return end(registration, 'tooLarge')
    if (registration.gate.offer(run.revision)) send(registration, run, frameOf)
  }
  const send = (registration: RunRegistration, run: Run, frameOf: FrameOf): void => {
    const { target, outbox } = registration
    const frame = frameOf(registration)
    if (frame === null) return end(registration, 'tooLarge')
    // A slow reader gets the end later, or never: the run may be retried before it reads on.
    if (isOverWith(registration, run))
      outbox.send(target, frame, () => removed.endWith(registration, run))
    else outbox.send(target, frame)
  }
  const end = (registration: RunRegistration, reason: EndReason = 'sent'): void => {
    unwatch(registration)
    registration.ended(registration, reason)
  }
  const unwatch = (registration: RunRegistration): void => {
    const isRemoved = subscriptions.remove(registration.runId, registration)
    // The target of one that had left before may be another's by now.
    if (isRemoved) registration.outbox.forget(registration.target)
  }

  const removed = createRemovedRuns(subscriptions.of, end, retentionText)
  const positions = createPositionPushes(subscriptions, readPositions, logger)
  const reads = createRunReads({
    store,
    isWatched: (id) => subscriptions.isWatched(id) || removed.isAwaited(id),
    deliver,
    sayMissing: removed.sayMissing,
    untilSent: () => Promise.allSettled(asking),
    logger,
  })

  return {
    watch({ kind, runId, target, dialect, outbox, mayRead, ended, seq }) {
      // Member by member: an object made by spreading has a slow layout.
      const gate = createSnapshotGate()
      const registration: RunRegistration = {
        kind,
        runId,
        target,
        dialect,
        outbox,
        mayRead,
        ended,
        gate,
        knownStart: undefined,
        seq,
      }
      subscriptions.add(runId, registration)
      return registration
    },
    unwatch,
    answered(registration, snapshot) {
      if (!subscriptions.has(registration.runId, registration)) return
      if (snapshot) registration.knownStart = snapshot.startedAt
      const isBehind = registration.gate.open(snapshot?.revision ?? unsent)
      const followed = snapshot && positions.follow(snapshot)
      if (isBehind) return reads.changed([registration.runId])
      if (!snapshot || !followed) return
      if (isOverWith(registration, snapshot)) return removed.endWith(registration, snapshot)
      // It has moved since the answer was written.
      const hasMoved = (followed.position ?? null) !== (snapshot.position ?? null)
      if (hasMoved && registration.dialect === 'headway')
        send(registration, followed, createRunFrames(followed))
    },
    place: positions.place,
    changed: reads.changed,
    allChanged: () => reads.untilRead(subscriptions.runIds()),
    close() {
      positions.close()
      reads.close()
    },
  }
}

/**
 * The state is the last one of a registration. Forge's clients cannot register again after a retry,
 * and show whatever is pushed: their registrations last as long as their session.
 */
function isOverWith({ dialect }: RunRegistration, run: Run): boolean {
  return dialect === 'headway' && hasEnded(run)
}
