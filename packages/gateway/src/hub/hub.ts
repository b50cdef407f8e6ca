import type { Logger } from 'pino'
import { within } from '../postgres/hello.ts'
import { hasEnded, type Run, type RunStore } from '../runs/run-store.ts'
import type { Dialect } from '../runs/snapshot.ts'
import type { Outbox } from '../sessions/outbox.ts'
import { createFrames, type FrameOf } from './run-frames.ts'
import { createSnapshotGate, type SnapshotGate } from './snapshot-gate.ts'
import { createSubscriptions } from './subscriptions.ts'

/** Whether a watcher may see a run. */
export type MayRead = (run: Run) => boolean | Promise<boolean>

/**
 * The watcher got the end of the run, or lost its right to follow it, or the output is too large to
 * be sent.
 */
export type WhyEnded = 'told' | 'refused' | 'tooLarge'

/** One registration: somebody who wants to hear of a run. */
export interface Watcher {
  readonly runId: string
  readonly target: string
  readonly dialect: Dialect
  readonly outbox: Outbox
  /** Asked before each push: what somebody may follow today, they may not tomorrow. */
  readonly mayRead: MayRead
  /** Called when the watcher hears no more. */
  readonly ended: (watcher: Watcher, why: WhyEnded) => void
  readonly gate: SnapshotGate
}

/** Carries changes of runs to whoever watches them. */
export interface Hub {
  /** Registers: from now on every change reaches the watcher's gate. */
  watch(registration: Omit<Watcher, 'gate'>): Watcher
  /** The watcher leaves by itself; it is not told that it has ended. */
  unwatch(watcher: Watcher): void
  /** The snapshot is answered: what changed since goes out, unless the watcher has left. */
  answered(watcher: Watcher, snapshot: Run): void
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
type HubStore = Pick<RunStore, 'read'> & Partial<RunStore>

/** How long to wait before what could not be read is read again, in milliseconds. */
const readAgainMs = 500

/** How long `authorize` may take, in milliseconds. */
export const askMs = 5_000

/** How long to wait before it is asked again after a failure, in milliseconds. */
const askAgainMs = 5_000

/**
 * A hub over the runs of a store. That something changed is a hint: the ids of one turn are collected and
 * read in one query, however many changed and however many watch.
 */
export function createHub(store: HubStore, logger: Logger): Hub {
  const subscriptions = createSubscriptions<Watcher>()
  const dirty = new Set<string>()
  /** Called when the runs that are dirty now have been read. */
  let unread: (() => void)[] = []
  /** Pushes that wait for `authorize`. */
  const asking = new Set<Promise<void>>()
  let isReading = false
  let isClosed = false

  const changed = (runIds: Iterable<string>): void => {
    for (const runId of runIds) if (subscriptions.has(runId)) dirty.add(runId)
    if (isReading || dirty.size === 0) return
    isReading = true
    setImmediate(readSafely)
  }
  const read = async (): Promise<void> => {
    if (isClosed) return
    const runIds = [...dirty]
    const waiting = unread
    dirty.clear()
    unread = []
    try {
      const runs = await store.read(runIds)
      const large: string[] = []
      for (const run of runs) {
        if (run.isLarge) large.push(run.id)
        else deliverSafely(run)
      }
      for (const id of large) await deliverWhole(id)
      tellRead(waiting)
      isReading = false
      changed(dirty)
      if (!isReading) tellRead(unread.splice(0))
    } catch (error) {
      if (isClosed) return
      logger.warn({ err: error }, 'changed runs could not be read; reading them again')
      for (const runId of runIds) dirty.add(runId)
      unread.push(...waiting)
      setTimeout(readSafely, readAgainMs).unref()
    }
  }
  const readSafely = (): void => {
    read().catch((error: unknown) => {
      isReading = false
      logger.error({ err: error }, 'changed runs could not be read')
    })
  }
  const tellRead = (waiting: (() => void)[]): void => {
    if (waiting.length === 0) return
    const tell = (): void => {
      for (const resolve of waiting) resolve()
    }
    Promise.all(asking).then(tell, tell)
  }
  /** One by one: together they could be more than the process has room for. */
  const deliverWhole = async (id: string): Promise<void> => {
    const run = subscriptions.has(id) && (await store.complete?.(id))
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
    const frameOf = createFrames(run)
    for (const watcher of subscriptions.watchers(run.id)) {
      const mayRead = watcher.mayRead(run)
      if (typeof mayRead === 'boolean') push(watcher, run, frameOf, mayRead)
      else {
        const asked = within(askMs, mayRead, 'authorize')
          .then((may) => pushLate(watcher, run, frameOf, may))
          .catch((error: unknown) => askAgain(run.id, error))
          .finally(() => asking.delete(asked))
        asking.add(asked)
      }
    }
  }
  /** Nobody says again what has changed: it may have been the end. */
  const askAgain = (runId: string, error: unknown): void => {
    logger.warn({ err: error, runId }, 'authorize failed: a change is not pushed yet')
    setTimeout(() => changed([runId]), askAgainMs).unref()
  }
  const pushLate = (watcher: Watcher, run: Run, frameOf: FrameOf, mayRead: boolean): void => {
    // Asking may take a while, and whoever it was asked for may have left.
    if (subscriptions.isWatching(run.id, watcher)) push(watcher, run, frameOf, mayRead)
  }
  const push = (watcher: Watcher, run: Run, frameOf: FrameOf, mayRead: boolean): void => {
    // [PROTOCOL.md, Who asks] A watcher that lost its right gets `FORBIDDEN`, and nothing more.
    if (!mayRead) return end(watcher, 'refused')
    if (run.isLarge) return end(watcher, 'tooLarge')
    if (watcher.gate.offer(run.revision)) tell(watcher, run, frameOf)
  }
  const tell = (watcher: Watcher, run: Run, frameOf: FrameOf): void => {
    const { target, outbox } = watcher
    const frame = frameOf(watcher)
    if (frame === null) return end(watcher, 'tooLarge')
    // A slow reader is told the end later, or never, when the run begins anew before it reads on.
    if (isOverWith(watcher, run)) outbox.send(target, frame, () => end(watcher))
    else outbox.send(target, frame)
  }
  const end = (watcher: Watcher, why: WhyEnded = 'told'): void => {
    unwatch(watcher)
    watcher.ended(watcher, why)
  }
  const unwatch = (watcher: Watcher): void => {
    const isRemoved = subscriptions.remove(watcher.runId, watcher)
    // The target of one that had left before may be another's by now.
    if (isRemoved) watcher.outbox.forget(watcher.target)
  }

  return {
    watch({ runId, target, dialect, outbox, mayRead, ended }) {
      // Member by member, so that all of them share one layout.
      const gate = createSnapshotGate()
      const watcher = { runId, target, dialect, outbox, mayRead, ended, gate }
      subscriptions.add(runId, watcher)
      return watcher
    },
    unwatch,
    answered(watcher, snapshot) {
      if (!subscriptions.isWatching(watcher.runId, watcher)) return
      if (watcher.gate.open(snapshot.revision)) changed([watcher.runId])
      else if (isOverWith(watcher, snapshot)) end(watcher)
    },
    changed,
    allChanged: () =>
      new Promise((resolve) => {
        unread.push(resolve)
        changed(subscriptions.runIds())
        // There is nothing to read.
        if (!isReading) tellRead(unread.splice(0))
      }),
    close() {
      isClosed = true
    },
  }
}

/**
 * Whether this state is the last one that a watcher hears. Forge's clients cannot register again what is retried, and
 * go on showing what they are pushed: their registrations last as long as their session.
 */
function isOverWith({ dialect }: Watcher, run: Run): boolean {
  return dialect === 'headway' && hasEnded(run)
}
