import type { ConnectionState } from '../connection/connection-model.ts'
import {
  ClientClosed,
  type HeadwayError,
  JobCancelled,
  JobFailed,
  JobMissing,
  JobRefused,
  JobUnwatched,
  ProtocolError,
  StartFailed,
} from '../errors.ts'
import { isRefused } from '../registry/sync-changes.ts'
import type { RunView, RunWords } from '../state/run-view.ts'
import type { Sync } from '../state/sync.ts'
import type { Reader } from './coding.ts'

/** The end of a run: its output, or the error that `result` rejects with. */
export type Outcome<TOutput> = { output: TOutput } | { error: HeadwayError }

/** The outcome of a run that has ended; `null` while it goes on. */
export function outcomeOf(
  id: string,
  view: RunWords & RunView,
  { decode }: Reader,
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

/**
 * The reason why this client hears nothing more of a run that goes on; `null` while it does. A
 * client that is signed out keeps waiting: the next token reconnects it.
 */
export function interruptionOf(
  id: string,
  sync: Sync,
  connection: ConnectionState,
): HeadwayError | null {
  if (isRefused(sync)) return new JobRefused(id, sync.reason ?? 'FORBIDDEN')
  if (connection.status !== 'closed') return null
  switch (connection.reason) {
    case 'close':
      return new ClientClosed('The client was closed before the job ended; the job goes on')
    case 'incompatible':
      return new ClientClosed(
        'The server does not speak this protocol, so the client cannot follow the job: update the client or the server',
      )
    case 'unauthorized':
      return null
  }
}

/** True if `result` was rejected although the run goes on. */
export function isInterruption(error: unknown): boolean {
  return [JobRefused, ClientClosed, JobUnwatched].some((type) => error instanceof type)
}
