import type { Run } from '../runs/run-store.ts'
import { type Dialect, encodeRun, unlessTooDeep } from '../runs/snapshot.ts'

/** The receiver of a frame. */
interface Reader {
  readonly target: string
  readonly dialect: Dialect
  /**
   * When the run's attempt began, as the reader knows it; `undefined`: the reader knows nothing.
   */
  readonly knownStart?: number | null | undefined
}

/** A run as an event about a target; `null`: its output is nested deeper than can be written. */
export type FrameOf = (reader: Reader) => string | null

/** Registrations with the same target and dialect, as our clients have them, share one frame. */
export function createRunFrames(run: Run): FrameOf {
  let last: Reader | null = null
  let frame: string | null = null
  return (reader) => {
    const { target, dialect, knownStart } = reader
    if (target !== last?.target || dialect !== last.dialect || knownStart !== last.knownStart) {
      last = reader
      frame = unlessTooDeep(() => encodeRun(target, dialect, run, knownStart))
    }
    return frame
  }
}
