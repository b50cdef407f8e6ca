import type { Logger } from 'pino'
import { hasEnded, type Run, type RunStore } from '../runs/run-store.ts'
import { type Dialect, encodeRun } from '../runs/snapshot.ts'
import type { Outbox } from '../sessions/outbox.ts'
import { createSnapshotGate, type SnapshotGate } from './snapshot-gate.ts'
import { createSubscriptions } from './subscriptions.ts'

/** Whether a watcher may see a run. */
export type MayRead = (run: Run) => boolean | Promise<boolean>

/** One registration: somebody who wants to hear of a run. */
export interface Watcher {
  readonly runId: string
  readonly target: string
  readonly dialect: Dialect
  readonly outbox: Outbox
  /** Asked before each push: what somebody may follow today, they may not tomorrow. */
  readonly mayRead: MayRead
  /** Called when the watcher hears no more: it was told the end of the run, or may not follow it any more. */
  readonly ended: (watcher: Watcher) => void
  readonly gate: SnapshotGate<Run>
}

/** Carries changes of runs to whoever watches them. */
export interface Hub {
  /** Registers: from now on every change reaches the watcher's gate. */
  watch(registration: Omit<Watcher, 'gate'>): Watcher
  /** The watcher leaves by itself; it is not told that it has ended. */
  unwatch(watcher: Watcher): void
  /** The snapshot is answered: what changed since goes out. */
  answered(watcher: Watcher, snapshot: Run): void
  /** These may have changed: those that somebody watches are read. */
  changed(runIds: Iterable<string>): void
  /** Anything may have changed. */
  allChanged(): void
  close(): void
}

/** How long to wait before what could not be read is read again, in milliseconds. */
const readAgainMs = 500

/**
 * A hub over the runs of a store. That something changed is a hint: the ids of one turn are collected and
 * read in one query, however many changed and however many watch.
 */
export function createHub(store: RunStore, logger: Logger): Hub {
  const subscriptions = createSubscriptions<Watcher>()
  const dirty = new Set<string>()
  let isReading = false
  let isClosed = false

  const changed = (runIds: Iterable<string>): void => {
    for (const runId of runIds) if (subscriptions.has(runId)) dirty.add(runId)
    if (isReading || dirty.size === 0) return
    isReading = true
    setImmediate(() => void read())
  }
  const read = async (): Promise<void> => {
    if (isClosed) return
    const runIds = [...dirty]
    dirty.clear()
    try {
      for (const run of await store.read(runIds)) deliver(run)
      isReading = false
      changed(dirty)
    } catch (error) {
      if (isClosed) return
      logger.warn({ err: error }, 'changed runs could not be read; reading them again')
      for (const runId of runIds) dirty.add(runId)
      setTimeout(() => void read(), readAgainMs).unref()
    }
  }
  const deliver = (run: Run): void => {
    const frameOf = createFrames(run)
    for (const watcher of subscriptions.watchers(run.id)) {
      const mayRead = watcher.mayRead(run)
      if (typeof mayRead === 'boolean') push(watcher, run, frameOf, mayRead)
      else mayRead.then((may) => pushLate(watcher, run, frameOf, may)).catch(logUnasked)
    }
  }
  const logUnasked = (error: unknown): void =>
    logger.warn({ err: error }, 'authorize failed: a change was not pushed')
  const pushLate = (watcher: Watcher, run: Run, frameOf: FrameOf, mayRead: boolean): void => {
    // Asking may take a while, and whoever it was asked for may have left.
    if (subscriptions.isWatching(run.id, watcher)) push(watcher, run, frameOf, mayRead)
  }
  const push = (watcher: Watcher, run: Run, frameOf: FrameOf, mayRead: boolean): void => {
    // [PROTOCOL.md, Who asks] who may not follow it any more hears no more of it.
    if (!mayRead) return end(watcher)
    if (watcher.gate.offer(run)) tell(watcher, run, frameOf)
  }
  const tell = (watcher: Watcher, run: Run, frameOf: FrameOf): void => {
    const { target, outbox } = watcher
    // A slow reader is told the end later, or never, when the run begins anew before it reads on.
    if (isOverWith(watcher, run)) outbox.send(target, frameOf(watcher), () => end(watcher))
    else outbox.send(target, frameOf(watcher))
  }
  const end = (watcher: Watcher): void => {
    unwatch(watcher)
    watcher.ended(watcher)
  }
  const unwatch = (watcher: Watcher): void => {
    subscriptions.remove(watcher.runId, watcher)
    watcher.outbox.forget(watcher.target)
  }

  return {
    watch({ runId, target, dialect, outbox, mayRead, ended }) {
      // Member by member, so that all of them share one layout.
      const gate = createSnapshotGate<Run>()
      const watcher = { runId, target, dialect, outbox, mayRead, ended, gate }
      subscriptions.add(runId, watcher)
      return watcher
    },
    unwatch,
    answered(watcher, snapshot) {
      const newer = watcher.gate.open(snapshot)
      if (newer) tell(watcher, newer, createFrames(newer))
      else if (isOverWith(watcher, snapshot)) end(watcher)
    },
    changed,
    allChanged: () => changed(subscriptions.runIds()),
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

/** A run as an event about a target. */
type FrameOf = (watcher: Watcher) => string

/** Watchers that chose the same id and speak alike, as our clients do, share one frame. */
function createFrames(run: Run): FrameOf {
  let last: Watcher | null = null
  let frame = ''
  return (watcher) => {
    const { target, dialect } = watcher
    if (target !== last?.target || dialect !== last.dialect) {
      last = watcher
      frame = encodeRun(target, dialect, run)
    }
    return frame
  }
}
