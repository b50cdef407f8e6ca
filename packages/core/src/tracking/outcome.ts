import { type HeadwayError, JobCancelled, JobFailed, JobMissing, StartFailed } from '../errors.ts'
import type { JobView } from '../state/job-state.ts'

/** How a job ended: with an output, or with the error its `result` rejects with. */
export type Outcome<TOutput> = { output: TOutput } | { error: HeadwayError }

/** The outcome of a job that has ended; `null` while it has not. */
export function outcomeOf<TOutput>(view: JobView<TOutput>): Outcome<TOutput> | null {
  const { phase, jobId, status, error, startError } = view
  switch (phase) {
    case 'succeeded':
      // A job that returns nothing has `null` for its output; its definition says so.
      return { output: view.output as TOutput }
    case 'failed':
      if (startError) return { error: new StartFailed(startError.message, { cause: startError }) }
      return { error: new JobFailed(error ?? `The job ${jobId} failed`, { jobId, status }) }
    case 'cancelled':
      return { error: new JobCancelled(error ?? 'cancelled', jobId) }
    case 'missing':
      return { error: new JobMissing(jobId) }
    default:
      return null
  }
}
