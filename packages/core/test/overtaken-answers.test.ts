import { describe, expect, it } from 'vitest'
import type { JobSnapshot } from '../src/protocol/index.ts'
import { followJob, type JobEvent, reduceJob } from '../src/state/job-state.ts'

describe('an answer that a push without times has overtaken', () => {
  const running = { job_id: '7', status: 'running', output: null, error: null } as const
  const shown = { ...running, progress: 0, message: null }
  const answer = (different: Partial<JobSnapshot> = {}): JobEvent => {
    const times = { created_at: 1_000, started_at: 2_000 }
    const snapshot = { ...shown, ...times, revision: 6, attempt: 1, ...different }
    return { type: 'answered', snapshot, at: 0 }
  }
  const push = (different: Partial<JobSnapshot> = {}): JobEvent => {
    const snapshot = { ...shown, progress: 40, revision: 7, attempt: 1, ...different }
    return { type: 'updated', snapshot }
  }
  const fold = (events: JobEvent[]) =>
    events.reduce((fold, event) => reduceJob(fold, event, 500), followJob('7')).view

  it('gives the times that the push has left out, and nothing else', () => {
    const view = fold([push(), answer()])
    expect(view).toMatchObject({ progress: 40, revision: 7, createdAt: 1_500, startedAt: 2_500 })
    expect(fold([push(), answer(), answer()])).toEqual(view)
  })
  it('gives the start of the newest attempt, whatever was known before', () => {
    const events = [answer({ revision: 3 }), push({ attempt: 2 })]
    const late = answer({ attempt: 2, started_at: 3_000 })
    expect(fold([...events, late])).toMatchObject({ startedAt: 3_500 })
  })
  it.each([
    ['the push took it back', push({ status: 'retry', started_at: null })],
    ['it ended before another attempt', push({ status: 'cancelled', started_at: null })],
    ['another attempt began', push({ attempt: 2 })],
  ])('gives no start when %s', (_, pushed) => {
    expect(fold([pushed, answer()])).toMatchObject({ createdAt: 1_500, startedAt: null })
  })
  it('gives no start that a newer answer does not have', () => {
    const newer = (revision: number) => answer({ revision, status: 'retry', started_at: undefined })
    expect(fold([newer(7), answer()])).toMatchObject({ startedAt: null })
    expect(fold([push(), newer(8), answer()])).toMatchObject({ startedAt: null })
  })
})
