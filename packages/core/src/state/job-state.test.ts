import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RpcError } from '../errors.ts'
import { type JobSnapshot, type JobStatus, jobStatuses } from '../protocol/snapshots.ts'
import { followJob, type JobEvent, type JobView, reduceJob } from './job-state.ts'
import type { JobPhase } from './phase.ts'
import type { Fold } from './run-state.ts'

const snapshot = (fields: Partial<JobSnapshot> = {}): JobSnapshot => ({
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
const noAnswer = new RpcError('no answer', {
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
const started = reduceJob(followJob(''), { type: 'started' })

/** A fold in each phase, as a server without revisions would have led there. */
const inPhase = (status: JobStatus, error: string | null = null): Fold<JobView<unknown>> =>
  reduceJob(followJob('j1'), {
    type: 'answered',
    snapshot: snapshot({ status, error, revision: undefined as never }),
    at: 0,
  })

const folds: Record<JobPhase, Fold<JobView<unknown>>> = {
  idle: followJob(''),
  starting: started,
  queued: inPhase('pending'),
  running: inPhase('running'),
  retrying: inPhase('retry', 'disk full'),
  cancelling: inPhase('cancel_requested'),
  succeeded: inPhase('completed'),
  failed: inPhase('failed', 'disk full'),
  cancelled: inPhase('cancelled', 'changed my mind'),
  missing: reduceJob(followJob('j1'), { type: 'missed', at: 0 }),
}

const stale = { status: 'stale', since: 7, reason: 'network' } as const
/** One event of each type; the pushes carry no revision, so that the phase alone decides. */
const { revision: _, ...unrevised } = snapshot({ status: 'running', progress: 50 })
const events: Record<JobEvent['type'], JobEvent> = {
  started: { type: 'started' },
  startFailed: { type: 'startFailed', error: noAnswer },
  answered: { type: 'answered', snapshot: unrevised, at: 9 },
  updated: { type: 'updated', snapshot: unrevised },
  missed: { type: 'missed', at: 9 },
  asked: { type: 'asked' },
  refused: { type: 'refused', error: refusal, at: 7 },
  troubled: { type: 'troubled', error: refusal, at: 7 },
  syncChanged: { type: 'syncChanged', sync: stale },
}

/** `same`: the very same view. `refused`, `stale`: the phase stays, only `sync` is another. */
type Expected = JobPhase | 'same' | 'refused' | 'stale'
type Row = Record<JobEvent['type'], Expected>

const idle: Row = {
  started: 'starting',
  startFailed: 'same',
  answered: 'running',
  updated: 'running',
  missed: 'missing',
  asked: 'same',
  refused: 'refused',
  troubled: 'stale',
  syncChanged: 'stale',
}
const active: Row = { ...idle, started: 'same' }
/** Only a start of another job, or a fresh registration's answer, leaves a phase that is done. */
const done: Row = { ...idle, updated: 'same', missed: 'same' }

const table: Record<JobPhase, Row> = {
  idle,
  // Nothing is known of it yet, and a refusal says that nothing will be.
  starting: { ...active, startFailed: 'failed', refused: 'idle' },
  queued: active,
  running: active,
  retrying: active,
  cancelling: active,
  succeeded: done,
  failed: done,
  cancelled: done,
  missing: done,
}

describe('reduceJob, every phase × every event', () => {
  for (const [phase, row] of Object.entries(table)) {
    for (const [type, expected] of Object.entries(row)) {
      it(`${phase} × ${type} → ${expected}`, () => {
        const before = folds[phase as JobPhase]
        const after = reduceJob(before, events[type as JobEvent['type']])
        expect(before.view.phase).toBe(phase)
        if (expected === 'same') return expect(after.view).toBe(before.view)
        if (expected === 'refused' || expected === 'stale') {
          const { sync, ...rest } = after.view
          expect(sync).toEqual({ status: expected, since: 7, reason: 'network' })
          // A refusal is an answer: nothing is loading any more.
          const loading = expected === 'stale' && before.view.loading
          return expect({ ...rest, sync: before.view.sync }).toEqual({ ...before.view, loading })
        }
        expect(after.view.phase).toBe(expected)
      })
    }
  }
})

describe('the promises of the job reducer', () => {
  it('never goes backwards: a lower revision is dropped, by push and by answer alike', () => {
    const at40 = reduceJob(followJob('j1'), { type: 'answered', snapshot: snapshot(), at: 0 })
    const older = snapshot({ revision: 4, progress: 30 })
    expect(reduceJob(at40, { type: 'updated', snapshot: older }).view).toBe(at40.view)
    expect(reduceJob(at40, { type: 'answered', snapshot: older, at: 0 }).view).toBe(at40.view)
  })

  it('remembers the newest revision also when it showed nothing new', () => {
    const same = { type: 'updated', snapshot: snapshot({ revision: 7 }) } as const
    const between = { type: 'updated', snapshot: snapshot({ revision: 6, progress: 99 }) } as const
    const at40 = reduceJob(followJob('j1'), { type: 'updated', snapshot: snapshot() })
    const after = reduceJob(reduceJob(at40, same), between)
    expect(after.view).toBe(at40.view)
  })

  it('a higher revision reopens a job that had ended: it was retried', () => {
    const failed = reduceJob(followJob('j1'), {
      type: 'updated',
      snapshot: snapshot({ status: 'dead_letter', error: 'disk full' }),
    })
    const again = snapshot({ status: 'running', revision: 6, attempt: 2 })
    expect(reduceJob(failed, { type: 'updated', snapshot: again }).view).toMatchObject({
      phase: 'running',
      attempt: 2,
      isDone: false,
    })
  })

  it('trouble on the way changes sync, never status', () => {
    const after = reduceJob(folds.running, events.syncChanged).view
    expect(after).toEqual({ ...folds.running.view, sync: stale })
  })

  it('equal input, revision aside, is the very same view', () => {
    const output = { rows: 3, tags: ['a'] }
    const done = snapshot({ status: 'completed', output })
    const first = reduceJob(followJob('j1'), { type: 'answered', snapshot: done, at: 1 })
    const copy = snapshot({ status: 'completed', output: structuredClone(output), revision: 6 })
    expect(reduceJob(first, { type: 'answered', snapshot: copy, at: 2 }).view).toBe(first.view)
  })

  it('passes a word it does not know through, as running', () => {
    const status = 'blocked_missing_version' as JobStatus
    const { view } = reduceJob(followJob('j1'), { type: 'updated', snapshot: snapshot({ status }) })
    expect(view).toMatchObject({ status, phase: 'running', isActive: true, isDone: false })
  })

  it('shows a pending job with an error as retrying: so Forge says it', () => {
    const status = 'pending'
    const waiting = snapshot({ status, error: 'disk full' })
    const { view } = reduceJob(followJob('j1'), { type: 'updated', snapshot: waiting })
    expect(view.phase).toBe('retrying')
  })

  it('tells a start that failed from a job that failed', () => {
    const { view } = reduceJob(started, events.startFailed)
    expect(view).toMatchObject({
      jobId: '',
      status: 'failed',
      startError: noAnswer,
      loading: false,
    })
    expect(folds.failed.view.startError).toBeNull()
  })

  it('is loading from the start until the server has created the job', () => {
    expect(started.view).toMatchObject({ loading: true, jobId: '', status: 'pending' })
    expect(followJob('j1').view).toMatchObject({ loading: false, jobId: 'j1', phase: 'queued' })
  })

  it('ends with the newest state whatever order revised states arrive in', () => {
    const states = fc.array(
      fc.record({
        status: fc.constantFrom(...jobStatuses),
        progress: fc.integer({ min: 0, max: 100 }),
      }),
      { minLength: 1, maxLength: 12 },
    )
    fc.assert(
      fc.property(states, fc.infiniteStream(fc.nat()), (history, dice) => {
        const revised = history.map((state, index) => snapshot({ ...state, revision: index + 1 }))
        const arrivals = revised
          .map((state) => ({ state, order: dice.next().value }))
          .sort((a, b) => a.order - b.order)
        let newest = 0
        let fold: Fold<JobView<unknown>> = followJob('j1')
        for (const { state } of arrivals) {
          const before = fold.view
          fold = reduceJob(fold, { type: 'updated', snapshot: state })
          if (fold.view !== before) expect(fold.view.revision).toBeGreaterThan(newest)
          newest = Math.max(newest, state.revision ?? 0)
        }
        const last = revised.at(-1)
        expect(fold.view).toMatchObject({ status: last?.status, progress: last?.progress })
      }),
    )
  })
})
