import { uncounted } from '../runs/report.ts'
import type { Run } from '../runs/run-store.ts'

/**
 * The state of a run that was removed, for pages that still show it.
 *
 * @see PROTOCOL.md, "Removed runs"
 */
export function toRemovedRun(
  { kind, runId }: { kind: Run['kind']; runId: string },
  revision: number,
  retentionText: string | null,
): Run {
  const why = retentionText === null ? '' : `: ${retentionText}`
  return {
    id: runId,
    kind,
    name: '',
    owner: null,
    status: 'not_found',
    progress: null,
    message: null,
    output: null,
    error: `The ${kind} was removed${why}`,
    attempt: 0,
    revision,
    ...uncounted,
    step: null,
    waitingFor: null,
    steps: kind === 'job' ? null : [],
    isCancelRequested: false,
  }
}
