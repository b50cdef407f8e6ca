import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { events, folds, noAnswer, snapshot, stale, started } from '../../test/support/job-states.ts'
import { type JobSnapshot, type JobStatus, jobStatuses } from '../protocol/snapshots.ts'
import { followJob, type JobView, reduceJob } from './job-state.ts'
import type { Fold } from './run-state.ts'

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

  it('a place in the queue moves within a revision, and goes with the next one', () => {
    const push = (fold: Fold<JobView<unknown>>, fields: Partial<JobSnapshot>) =>
      reduceJob(fold, { type: 'updated', snapshot: snapshot({ status: 'pending', ...fields }) })
    const third = push(followJob('j1'), { position: 3 })
    const second = push(third, { position: 2 })
    expect([third.view.position, second.view.position]).toEqual([3, 2])
    expect(push(second, { position: 1, revision: 4 }).view).toBe(second.view)
    expect(push(second, {}).view).toBe(second.view)
    const unknown = push(second, { position: null })
    expect(unknown.view.position).toBeNull()
    const taken = push(second, { status: 'running', revision: 6 })
    expect(taken.view).toMatchObject({ status: 'running', position: null })
    expect(push(taken, { position: 1 }).view).toBe(taken.view)
  })

  it('says why there is no such job', () => {
    const { view } = reduceJob(followJob('j1'), events.missed)
    expect(view).toMatchObject({ phase: 'missing', status: 'not_found', error: 'not yours' })
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
