import { RpcError } from '../../src/errors.ts'
import type { JobSnapshot, JobStatus } from '../../src/protocol/snapshots.ts'
import { followJob, type JobEvent, type JobView, reduceJob } from '../../src/state/job-state.ts'
import type { JobPhase } from '../../src/state/phase.ts'
import type { Fold } from '../../src/state/run-state.ts'

/** A running job's snapshot, with some fields of its own. */
export const snapshot = (fields: Partial<JobSnapshot> = {}): JobSnapshot => ({
  job_id: 'j1',
  status: 'running',
  progress: 40,
  message: 'row 4,000 of 10,000',
  output: null,
  error: null,
  revision: 5,
  attempt: 1,
  ...fields,
})

export const noAnswer: RpcError = new RpcError('no answer', {
  code: 'NETWORK',
  status: null,
  retryAfterMs: null,
  details: null,
})

const refusal = new RpcError('not yours', {
  code: 'network',
  status: 403,
  retryAfterMs: null,
  details: null,
})

export const started: Fold<JobView<unknown>> = reduceJob(followJob(''), { type: 'started' })

/** A fold in each phase, as a server without revisions would have led there. */
const inPhase = (status: JobStatus, error: string | null = null): Fold<JobView<unknown>> =>
  reduceJob(followJob('j1'), {
    type: 'answered',
    snapshot: snapshot({ status, error, revision: undefined as never }),
    at: 0,
  })

/** A fold in each phase. */
export const folds: Record<JobPhase, Fold<JobView<unknown>>> = {
  idle: followJob(''),
  starting: started,
  queued: inPhase('pending'),
  running: inPhase('running'),
  retrying: inPhase('retry', 'disk full'),
  cancelling: inPhase('cancel_requested'),
  succeeded: inPhase('completed'),
  failed: inPhase('failed', 'disk full'),
  cancelled: inPhase('cancelled', 'changed my mind'),
  missing: reduceJob(followJob('j1'), { type: 'missed', error: refusal, at: 0 }),
}

export const stale: { status: 'stale'; since: number; reason: string } = {
  status: 'stale',
  since: 7,
  reason: 'network',
}
const { revision: _, ...unrevised } = snapshot({ status: 'running', progress: 50 })
/** One event of each type. The pushes carry no revision, so that the phase alone decides. */
export const events: Record<JobEvent['type'], JobEvent> = {
  started: { type: 'started' },
  startFailed: { type: 'startFailed', error: noAnswer },
  answered: { type: 'answered', snapshot: unrevised, at: 9 },
  updated: { type: 'updated', snapshot: unrevised },
  missed: { type: 'missed', error: refusal, at: 9 },
  asked: { type: 'asked' },
  refused: { type: 'refused', error: refusal, at: 7 },
  troubled: { type: 'troubled', error: refusal, at: 7 },
  syncChanged: { type: 'syncChanged', sync: stale },
}
