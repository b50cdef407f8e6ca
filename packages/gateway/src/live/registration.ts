import type { Run } from '../runs/run-store.ts'
import type { Dialect } from '../runs/snapshot.ts'
import type { FrameStream } from './frame-stream.ts'
import type { QueryRegistration } from './query-group.ts'
import type { SnapshotGate } from './snapshot-gate.ts'

/** A watched run or query; `kind` tells them apart. */
export type Registration = RunRegistration | QueryRegistration

/** A session may read a run. */
export type MayRead = (run: Run) => boolean | Promise<boolean>

/**
 * The reason for the end of a registration: the run's end was sent, the session lost the right to
 * read the run, or the output is too large to send.
 */
export type EndReason = 'sent' | 'refused' | 'tooLarge'

/** A job or a workflow that a session watches. */
export interface RunRegistration {
  readonly kind: Run['kind']
  readonly runId: string
  readonly target: string
  readonly dialect: Dialect
  readonly outbox: FrameStream
  /** Called before each push: a right can be lost while the registration lasts. */
  readonly mayRead: MayRead
  /** Called when no more frames come. */
  readonly ended: (registration: RunRegistration, reason: EndReason) => void
  readonly gate: SnapshotGate
  /**
   * When the run's attempt began, by the answer: pushes leave it out while it is true. `null`: it
   * had not begun. `undefined` without an answer.
   */
  knownStart: number | null | undefined
  /** The highest number of the requests that made it, within its session; 0 without one. */
  seq: number
}
