import type { Logger } from 'pino'
import { within } from '../postgres/hello.ts'
import { hasEnded, type Run, type RunStore } from '../runs/run-store.ts'
import type { EndReason, RunRegistration } from './registration.ts'
import { createRunFrames, type FrameOf } from './run-frames.ts'
import { createSnapshotGate } from './snapshot-gate.ts'
import { createSubscriptions } from './subscriptions.ts'

/** Carries changes of runs to whoever watches them. */
export interface LiveRuns {
  /** Registers: from now on every change reaches the registration's gate. */
  watch(wanted: Omit<RunRegistration, 'gate'>): RunRegistration
  /** The registration leaves by itself; it is not told that it has ended. */
  unwatch(registration: RunRegistration): void
  /** The snapshot is answered: what changed since goes out, unless the registration has left. */
  answered(registration: RunRegistration, snapshot: Run): void
  /** These may have changed: those that somebody watches are read. */
  changed(runIds: Iterable<string>): void
  /**
   * Anything may have changed: resolves when everything that is watched was read, and changes were
   * sent.
   */
  allChanged(): Promise<void>
  close(): void
}

/** Where runs are read. A store that leaves no output out needs no `complete`. */
type LiveRunStore = Pick<RunStore, 'read'> & Partial<RunStore>

/** How long to wait before what could not be read is read again, in milliseconds. */
const readAgainMs = 500

/** How long `authorize` may take, in milliseconds. */
export const authorizeMs = 5_000

/** How long to wait before it is asked again after a failure, in milliseconds. */
const askAgainMs = 5_000

/**
 * A hub over the runs of a store. That something changed is a hint: the ids of one turn are collected and
 * read in one query, however many changed and however many watch.
 */
export function createLiveRuns(store: LiveRunStore, logger: Logger): LiveRuns {
  const subscriptions = createSubscriptions<RunRegistration>()
  const dirty = new Set<string>()
  /** Called when the runs that are dirty now have been read. */
  let whenRead: (() => void)[] = []
  /** Pushes that wait for `authorize`. */
  const asking = new Set<Promise<void>>()
  let isReading = false
  let isClosed = false

  const changed = (runIds: Iterable<string>): void => {
    for (const runId of runIds) if (subscriptions.isWatched(runId)) dirty.add(runId)
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
    const resolveAll = (): void => {
      for (const resolve of waiting) resolve()
    }
    Promise.all(asking).then(resolveAll, resolveAll)
  }
  /** One by one: together they could be more than the process has room for. */
  const deliverWhole = async (id: string): Promise<void> => {
    const run = subscriptions.isWatched(id) && (await store.complete?.(id))
    if (run) deliverSafely(run)
  }
  /** One that cannot be told keeps no other from it. */
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
  /** Nobody says again what has changed: it may have been the end. */
  const askAgain = (runId: string, error: unknown): void => {
    logger.warn({ err: error, runId }, 'authorize failed: a change is not pushed yet')
    setTimeout(() => changed([runId]), askAgainMs).unref()
  }
  const pushLate = (
    registration: RunRegistration,
    run: Run,
    frameOf: FrameOf,
    mayRead: boolean,
  ): void => {
    // Asking may take a while, and whoever it was asked for may have left.
    if (subscriptions.has(run.id, registration)) push(registration, run, frameOf, mayRead)
  }
  const push = (
    registration: RunRegistration,
    run: Run,
    frameOf: FrameOf,
    mayRead: boolean,
  ): void => {
    // [PROTOCOL.md, Who asks] A registration that lost its right gets `FORBIDDEN`, and nothing more.
    if (!mayRead) return end(registration, 'refused')
    if (run.isLarge) return end(registration, 'tooLarge')
    if (registration.gate.offer(run.revision)) send(registration, run, frameOf)
  }
  const send = (registration: RunRegistration, run: Run, frameOf: FrameOf): void => {
    const { target, outbox } = registration
    const frame = frameOf(registration)
    if (frame === null) return end(registration, 'tooLarge')
    // A slow reader is told the end later, or never, when the run begins anew before it reads on.
    if (isOverWith(registration, run)) outbox.send(target, frame, () => end(registration))
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

  return {
    watch({ kind, runId, target, dialect, outbox, mayRead, ended }) {
      // Member by member, so that all of them share one layout.
      const gate = createSnapshotGate()
      const registration = { kind, runId, target, dialect, outbox, mayRead, ended, gate }
      subscriptions.add(runId, registration)
      return registration
    },
    unwatch,
    answered(registration, snapshot) {
      if (!subscriptions.has(registration.runId, registration)) return
      if (registration.gate.open(snapshot.revision)) changed([registration.runId])
      else if (isOverWith(registration, snapshot)) end(registration)
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
 * Whether this state is the last one that a registration hears. Forge's clients cannot register again what is retried, and
 * go on showing what they are pushed: their registrations last as long as their session.
 */
function isOverWith({ dialect }: RunRegistration, run: Run): boolean {
  return dialect === 'headway' && hasEnded(run)
}
