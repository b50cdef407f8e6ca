import type { JobView } from '@headway/core'

/** The last line to print, and the exit code. */
export interface Ending {
  line: string
  exitCode: 0 | 1 | 130
}

/** The ending for the last view of a job. Pure. */
export function endingOf(
  view: JobView<{ downloadUrl: string; rows: number }>,
  url: string,
): Ending {
  const { phase, output, error, startError } = view
  switch (phase) {
    case 'succeeded': {
      const rows = output?.rows.toLocaleString('en') ?? '?'
      return { line: `Completed: ${rows} rows at ${url}${output?.downloadUrl ?? ''}`, exitCode: 0 }
    }
    case 'cancelled':
      return { line: 'Cancelled', exitCode: 130 }
    case 'missing':
      return { line: 'The server no longer has this export', exitCode: 1 }
    default: {
      const what = startError ? 'The export was not started' : 'Failed'
      return { line: `${what}: ${error ?? 'no reason was given'}`, exitCode: 1 }
    }
  }
}

/** The text beside the bar. Pure. */
export function captionOf({ phase, message, sync }: JobView<unknown>): string {
  if (sync.status === 'stale') return `stale (${sync.reason}), reconnecting…`
  if (sync.status === 'catching-up') return 'catching up…'
  if (phase === 'starting' || phase === 'queued') return 'queued'
  if (phase === 'cancelling') return 'cancelling…'
  if (phase === 'retrying') return 'failed, trying again soon'
  return message ?? phase
}
