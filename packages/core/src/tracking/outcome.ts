import {
  type HeadwayError,
  JobCancelled,
  JobFailed,
  JobMissing,
  ProtocolError,
  StartFailed,
} from '../errors.ts'
import type { RunView, RunWords } from '../state/run-state.ts'
import type { Decode } from './codec.ts'

/** How a run ended: with an output, or with the error its `result` rejects with. */
export type Outcome<TOutput> = { output: TOutput } | { error: HeadwayError }

/** The outcome of a run that has ended, as the server says it; `null` while it has not. */
export function outcomeOf(
  id: string,
  view: RunWords & RunView,
  decode: Decode,
): Outcome<unknown> | null {
  const { phase, status, error, startError } = view
  switch (phase) {
    case 'succeeded': {
      const output = decode(view.output)
      return output instanceof ProtocolError ? { error: output } : { output }
    }
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
