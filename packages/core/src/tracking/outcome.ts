import type { ConnectionState } from '../connection/connection-model.ts'
import {
  ClientClosed,
  type HeadwayError,
  JobCancelled,
  JobFailed,
  JobMissing,
  JobRefused,
  ProtocolError,
  StartFailed,
} from '../errors.ts'
import type { RunView, RunWords } from '../state/run-state.ts'
import type { Sync } from '../state/sync.ts'
import type { Reader } from './coding.ts'

/** How a run ended: with an output, or with the error its `result` rejects with. */
export type Outcome<TOutput> = { output: TOutput } | { error: HeadwayError }

/** The outcome of a run that has ended, as the server says it; `null` while it has not. */
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

/** Whether the server will say nothing of it, whatever the next token is. */
export function isRefused({ status, reason }: Sync): boolean {
  return status === 'refused' && reason !== 'UNAUTHORIZED'
}

/**
 * Why nothing more of a run that has not ended will come to this client; `null` while it will. A signed-out client
 * keeps waiting: the next token reconnects it.
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
        'The server does not speak this protocol: nothing of the job is heard',
      )
    case 'unauthorized':
      return null
  }
}
