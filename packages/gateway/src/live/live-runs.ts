import type { Logger } from 'pino'
import { hasEnded, type Run, type RunStore } from '../runs/run-store.ts'
import { within } from '../within.ts'
import type { EndReason, RunRegistration } from './registration.ts'
import { createRemovedRuns } from './removed-runs.ts'
import { createRunFrames, type FrameOf } from './run-frames.ts'
import { createSnapshotGate, unsent } from './snapshot-gate.ts'
import { createSubscriptions } from './subscriptions.ts'

/** Pushes changes of runs to the registrations that watch them. */
export interface LiveRuns {
  /** Registers: from now on every change reaches the registration's gate. */
  watch(wanted: Omit<RunRegistration, 'gate'>): RunRegistration
  /** Removes a registration without calling its `ended`. */
  unwatch(registration: RunRegistration): void
  /**
   * The answer with this snapshot has been sent. Newer states are pushed from now on, unless the
   * registration has ended. `null`: it could not be sent, so the state is pushed.
   */
  answered(registration: RunRegistration, snapshot: Run | null): void
  /** These runs may have changed: the watched ones are read again. */
  changed(runIds: Iterable<string>): void
  /**
   * Anything may have changed: resolves when everything that is watched was read, and changes were
   * sent.
   */
  allChanged(): Promise<void>
  close(): void
}

/** The reads of runs. A store that never omits outputs needs no `complete`. */
type LiveRunStore = Pick<RunStore, 'read'> & Partial<RunStore>

/** The wait before a failed read is repeated, in milliseconds. */
const readAgainMs = 500

/** The maximum time of `authorize`, in milliseconds. */
export const authorizeMs = 5_000

/** The wait before a failed `authorize` is called again, in milliseconds. */
const askAgainMs = 5_000

/**
 * Live runs over a store. A change is only a hint: the ids of one turn are collected and read in
 * one query, however many runs changed and however many registrations watch them.
 */
export function createLiveRuns(
  store: LiveRunStore,
  logger: Logger,
  retentionText: string | null = null,
): LiveRuns {
  const subscriptions = createSubscriptions<RunRegistration>()
  const dirty = new Set<string>()
  /** Called when the runs that are dirty now have been read. */
  let whenRead: (() => void)[] = []
  /** Pushes that wait for `authorize`. */
  const asking = new Set<Promise<void>>()
  let isReading = false
  let isClosed = false

  const isWatched = (id: string): boolean => subscriptions.isWatched(id) || removed.isAwaited(id)
  const changed = (runIds: Iterable<string>): void => {
    for (const runId of runIds) if (isWatched(runId)) dirty.add(runId)
    if (isReading || dirty.size === 0) return
    isReading = true
    setImmediate(readSafely)
  }
  const read = async (): Promise<void> => {
    if (isClosed) return
    const runIds = [...dirty]
    const waiting = whenRead
    dirty.clear()
    whenRead = []
    try {
      const runs = await store.read(runIds)
      const large: string[] = []
      for (const run of runs) {
        if (run.isLarge) large.push(run.id)
        else deliverSafely(run)
      }
      for (const id of large) await deliverWhole(id)
      removed.sayMissing(runIds, runs)
      resolveReads(waiting)
      isReading = false
      changed(dirty)
      if (!isReading) resolveReads(whenRead.splice(0))
    } catch (error) {
      if (isClosed) return
      logger.warn({ err: error }, 'changed runs could not be read; reading them again')
      for (const runId of runIds) dirty.add(runId)
      whenRead.push(...waiting)
      setTimeout(readSafely, readAgainMs).unref()
    }
  }
  const readSafely = (): void => {
    read().catch((error: unknown) => {
      isReading = false
      logger.error({ err: error }, 'changed runs could not be read')
    })
  }
  const resolveReads = (waiting: (() => void)[]): void => {
    if (waiting.length === 0) return
    void Promise.allSettled(asking).then(() => {
      for (const resolve of waiting) resolve()
    })
  }
  /** One by one: together they could be more than the process has room for. */
  const deliverWhole = async (id: string): Promise<void> => {
    const run = subscriptions.isWatched(id) && (await store.complete?.(id))
    if (run) deliverSafely(run)
  }
  /** A failure with one run must not hold up the others. */
  const deliverSafely = (run: Run): void => {
    try {
      deliver(run)
    } catch (error) {
      logger.error({ err: error, runId: run.id }, 'a change could not be pushed')
    }
  }
  const deliver = (run: Run): void => {
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
    setTimeout(() => changed([runId]), askAgainMs).unref()
  }
  const pushLate = (
    registration: RunRegistration,
    run: Run,
    frameOf: FrameOf,
    mayRead: boolean,
  ): void => {
    // The registration may have ended before `authorize` answered.
    if (subscriptions.has(run.id, registration)) push(registration, run, frameOf, mayRead)
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

  return {
    watch({ kind, runId, target, dialect, outbox, mayRead, ended, seq }) {
      // Member by member, so that all of them share one layout.
      const gate = createSnapshotGate()
      const registration = { kind, runId, target, dialect, outbox, mayRead, ended, gate, seq }
      subscriptions.add(runId, registration)
      return registration
    },
    unwatch,
    answered(registration, snapshot) {
      if (!subscriptions.has(registration.runId, registration)) return
      const isBehind = registration.gate.open(snapshot?.revision ?? unsent)
      if (isBehind) changed([registration.runId])
      else if (snapshot && isOverWith(registration, snapshot))
        removed.endWith(registration, snapshot)
    },
    changed,
    allChanged: () =>
      new Promise((resolve) => {
        whenRead.push(resolve)
        changed(subscriptions.runIds())
        // There is nothing to read.
        if (!isReading) resolveReads(whenRead.splice(0))
      }),
    close() {
      isClosed = true
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
