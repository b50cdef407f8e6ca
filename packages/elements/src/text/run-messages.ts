/** The texts about runs. */
export interface RunMessages {
  /** The name of a progress bar without a `label`. */
  progress: string
  /** The name of a list of steps without a `label`. */
  steps: string

  // The phases of a run, and the statuses of steps.
  loading: string
  idle: string
  starting: string
  queued: string
  running: string
  waiting: string
  retrying: string
  cancelling: string
  compensating: string
  succeeded: string
  failed: string
  cancelled: string
  missing: string
  /** Of a step. */
  pending: string
  completed: string
  compensated: string
  skipped: string

  /** The status of a run from its second attempt on: `{status}`, `{attempt}`. */
  attempt: string
  /** The place in the queue: `{position}`. */
  position: string
  /** `{done}`, `{total}`, `{unit}`. */
  counts: string
  /** If the total is unknown: `{done}`, `{unit}`. */
  count: string

  // How current a run is, if it is not.
  connecting: string
  'catching-up': string
  /** It was current until `{time}`. */
  staleSince: string
  /** It may have been out of date for a while. */
  stale: string
  refused: string
}

/** The texts about runs in English. */
export const runMessages: Readonly<RunMessages> = {
  progress: 'Progress',
  steps: 'Steps',
  loading: 'Loading',
  idle: 'Not started',
  starting: 'Starting',
  queued: 'Queued',
  running: 'Running',
  waiting: 'Waiting',
  retrying: 'Waiting to try again',
  cancelling: 'Cancelling',
  compensating: 'Undoing',
  succeeded: 'Done',
  failed: 'Failed',
  cancelled: 'Cancelled',
  missing: 'Not found',
  pending: '',
  completed: 'Done',
  compensated: 'Undone',
  skipped: 'Skipped',
  attempt: '{status}, attempt {attempt}',
  position: 'place in the queue: {position}',
  counts: '{done} of {total} {unit}',
  count: '{done} {unit}',
  connecting: 'Connecting',
  'catching-up': 'Catching up',
  staleSince: 'May be out of date since {time}',
  stale: 'May be out of date',
  refused: 'No access to this run',
}
