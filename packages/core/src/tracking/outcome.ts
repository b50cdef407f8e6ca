import { type HeadwayError, JobCancelled, JobFailed, JobMissing, StartFailed } from '../errors.ts'
import type { RunView, RunWords } from '../state/run-state.ts'

/** How a run ended: with an output, or with the error its `result` rejects with. */
export type Outcome<TOutput> = { output: TOutput } | { error: HeadwayError }

/** The outcome of a run that has ended; `null` while it has not. */
export function outcomeOf<TOutput>(id: string, view: RunWords & RunView): Outcome<TOutput> | null {
  const { phase, status, error, startError } = view
  switch (phase) {
    case 'succeeded':
      // A run that returns nothing has `null` for its output; its definition says so.
      return { output: view.output as TOutput }
    case 'failed':
      if (startError) return { error: new StartFailed(startError.message, { cause: startError }) }
      return { error: new JobFailed(error ?? `The run ${id} failed`, { jobId: id, status }) }
    case 'cancelled':
      return { error: new JobCancelled(error ?? 'cancelled', id) }
    case 'missing':
      return { error: new JobMissing(id) }
    default:
      return null
  }
}
