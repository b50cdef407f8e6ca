import { HeadwayError, idleJob, type JobView } from '@headway/core'
import { describe, expect, it } from 'vitest'
import { announcement } from './announcement.ts'
import { describeJob } from './job-text.ts'

type View = JobView<{ rows: number }>
const live = { status: 'live', since: 0, reason: null } as const
const stale = { status: 'stale', since: 1_000, reason: 'network' } as const
const view = (fields: Partial<View>): View => ({ ...idleJob, sync: live, ...fields })
const running = (progress: number | null): View =>
  view({ jobId: '1', phase: 'running', isActive: true, progress })
const completed = view({
  jobId: '1',
  phase: 'succeeded',
  isDone: true,
  progress: 100,
  output: { rows: 50_000 },
})

describe('announcements of a job', () => {
  it('are few for a thousand updates', () => {
    const views = [
      view({}),
      view({ phase: 'starting', isActive: true }),
      view({ jobId: '1', phase: 'queued', isActive: true }),
      ...Array.from({ length: 1_001 }, (_, tick) => running(tick / 10)),
      completed,
    ]
    const said = views.flatMap((after, index) => {
      const before = views[index - 1]
      return before ? (announcement(before, after) ?? []) : []
    })
    expect(said).toEqual([
      'Export: started',
      'Export: 25 %',
      'Export: 50 %',
      'Export: 75 %',
      'Export: Completed. 50,000 rows written',
    ])
  })

  it('include a new export after one that ended', () => {
    const next = view({ jobId: '2', phase: 'queued', isActive: true })
    expect(announcement(completed, next)).toBe('Export: started')
  })

  it('include another attempt, but no loss of the connection: the page says that once', () => {
    const first = { ...running(40), attempt: 1 }
    expect(announcement(first, { ...running(0), attempt: 2 })).toBe('Export: attempt 2')
    expect(announcement(first, { ...first, sync: stale })).toBeNull()
  })
})

describe('the texts of a job', () => {
  it.each<[string, Partial<View>, Partial<ReturnType<typeof describeJob>>]>([
    [
      'idle',
      {},
      { title: 'Nothing exported yet', percent: 0, number: '', canStart: true, canCancel: false },
    ],
    ['queued', { phase: 'queued', isActive: true }, { percent: null, canCancel: true }],
    [
      'attached, before the first answer',
      { phase: 'queued', isActive: true, loading: true },
      { title: 'Loading', detail: '', percent: null, canStart: false },
    ],
    [
      'running',
      { phase: 'running', isActive: true, progress: 40, message: 'row 20,000 of 50,000' },
      {
        title: 'Running',
        detail: 'row 20,000 of 50,000',
        percent: 40,
        number: '40 %',
        notice: '',
        canStart: false,
      },
    ],
    [
      'running again, at its beginning',
      { phase: 'running', isActive: true, progress: 0, attempt: 2 },
      { title: 'Running, attempt 2', percent: 0, number: '0 %' },
    ],
    ['running, progress unknown', running(null), { percent: null }],
    ['running, with decimals', running(33.4), { percent: 33 }],
    [
      'failed before its first row',
      { phase: 'failed', isDone: true, progress: 0, attempt: 1, error: 'no disk' },
      { title: 'Failed', detail: 'no disk', number: '' },
    ],
    [
      'cancelled without a reason',
      { phase: 'cancelled', isDone: true, error: 'cancelled' },
      { title: 'Cancelled', detail: '', summary: 'Cancelled', number: '' },
    ],
    [
      'stale',
      { phase: 'running', isActive: true, progress: 40, sync: stale },
      { notice: 'As of 12 s ago: the connection is lost (network)', title: 'Running' },
    ],
    [
      'stale after a silence: the last state is older than the loss',
      { phase: 'running', isActive: true, sync: { ...stale, reason: 'silence' } },
      { notice: 'May be out of date: the connection is lost (silence)' },
    ],
    [
      'refused: the address names the job of another user, or no job',
      { sync: { status: 'refused', since: 0, reason: 'INVALID_ARGUMENT' } },
      { notice: 'The server does not let this page follow it (INVALID_ARGUMENT)' },
    ],
    ['cancelling', { phase: 'cancelling', isActive: true }, { canCancel: false }],
    [
      'a failed start',
      {
        phase: 'failed',
        isDone: true,
        error: 'no answer',
        startError: new HeadwayError('no answer'),
      },
      { title: 'Not started', detail: 'no answer', number: '', canStart: true },
    ],
  ])('%s', (_, fields, expected) => {
    expect(describeJob(view(fields), 13_000)).toMatchObject(expected)
  })
})
