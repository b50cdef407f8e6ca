import type { AnswerPlace } from '../messages/answer-room.ts'
import { outputTooLarge, runNotFound } from '../refusals/runs.ts'
import type { Run } from '../runs/run-store.ts'
import { type Dialect, toSnapshotIn, unlessTooDeep } from '../runs/snapshot.ts'
import type { HttpContext } from './context.ts'

/** A snapshot to answer with. */
export interface LoadedSnapshot {
  /**
   * The run of the text, which may be newer than the requested one; without its output if that is
   * large.
   */
  run: Run
  /** JSON text. */
  text: string
  bytes: number
}

/**
 * The snapshot of a run with its whole output, and room for it in the answer; a promise if the
 * output has to be read first. Throws or rejects with an `HttpError` when there is no room now, or
 * when the output is too large to send.
 */
export function loadSnapshot(
  { store, retentionText, live }: Pick<HttpContext, 'store' | 'retentionText' | 'live'>,
  place: AnswerPlace,
  dialect: Dialect,
  run: Run,
): LoadedSnapshot | Promise<LoadedSnapshot> {
  if (run.isLarge) {
    return place.load(async () => {
      const whole = await store.complete(run.id)
      if (!whole) throw runNotFound(run.kind, run.id, retentionText)
      if (whole.isLarge) throw outputTooLarge(whole)
      return { ...toLoaded(dialect, whole), run: { ...whole, output: null } }
    })
  }
  const loaded = toLoaded(dialect, live.runs.place(run))
  place.take(loaded.bytes)
  return loaded
}

function toLoaded(dialect: Dialect, run: Run): LoadedSnapshot {
  const text = unlessTooDeep(() => JSON.stringify(toSnapshotIn(dialect, run)))
  if (text === null) throw outputTooLarge(run)
  return { run, text, bytes: Buffer.byteLength(text) }
}
