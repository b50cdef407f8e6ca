import { HeadwayError, idleJob, idleWorkflow, type JobView, type WorkflowView } from '@headway/core'
import { describe, expect, it } from 'vitest'
import { announcement } from './announcement.ts'
import { describeJob } from './job-text.ts'
import { describeWorkflow, workflowAnnouncement } from './workflow-text.ts'

type View = JobView<{ rows: number }>
const live = { status: 'live', since: 0, reason: null } as const
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

  it('include the loss and the return of the connection, once each', () => {
    const at = (status: 'stale' | 'catching-up' | 'live'): View => ({
      ...running(40),
      sync: { status, since: 0, reason: null },
    })
    const [before, lost, back] = [at('live'), at('stale'), at('catching-up')]
    expect(announcement(before, lost)).toBe('Connection lost')
    expect(announcement(lost, back)).toBeNull()
    expect(announcement(back, at('live'))).toBe('Connected again')
  })
})

describe('the texts of a job', () => {
  it.each<[string, Partial<View>, Partial<ReturnType<typeof describeJob>>]>([
    ['idle', {}, { title: 'Nothing exported yet', percent: 0, canStart: true, canCancel: false }],
    ['queued', { phase: 'queued', isActive: true }, { percent: null, canCancel: true }],
    [
      'attached, before the first answer',
      { phase: 'queued', isActive: true, loading: true },
      { title: 'Loading', detail: '', percent: null, canStart: false },
    ],
    [
      'running',
      { phase: 'running', isActive: true, progress: 40, message: 'row 20,000 of 50,000' },
      { detail: 'row 20,000 of 50,000', percent: 40, notice: '', canStart: false },
    ],
    ['running, progress unknown', running(null), { percent: null }],
    ['running, with decimals', running(33.4), { percent: 33 }],
    [
      'cancelled without a reason',
      { phase: 'cancelled', isDone: true, error: 'cancelled' },
      { title: 'Cancelled', detail: '', summary: 'Cancelled' },
    ],
    [
      'stale',
      {
        phase: 'running',
        isActive: true,
        progress: 40,
        sync: { status: 'stale', since: 0, reason: 'network' },
      },
      { notice: 'May be out of date: the connection is lost (network)', title: 'Running' },
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
      { title: 'Not started', detail: 'no answer', canStart: true },
    ],
  ])('%s', (_, fields, expected) => {
    expect(describeJob(view(fields))).toMatchObject(expected)
  })
})

describe('the texts of a workflow', () => {
  const workflow = (fields: Partial<WorkflowView<unknown>>): WorkflowView<unknown> => ({
    ...idleWorkflow,
    sync: live,
    ...fields,
  })
  const active = { isActive: true, workflowId: '1' }
  const steps = [
    { name: 'create_account', status: 'completed', error: null },
    { name: 'email_confirmed', status: 'running', error: null },
    { name: 'another', status: 'pending', error: null },
  ] as const
  const waiting = workflow({
    ...active,
    phase: 'waiting',
    step: 'email_confirmed',
    waitingFor: 'email_confirmed',
    steps: steps.map((step) => ({ ...step, startedAt: null, finishedAt: null })),
  })

  it('list the steps before the workflow starts', () => {
    const { steps, canStart, canRetry, title } = describeWorkflow(workflow({}))
    expect(steps.map(({ word }) => word)).toEqual(['', '', '', '', ''])
    expect({ canStart, canRetry, title }).toEqual({
      canStart: true,
      canRetry: false,
      title: 'Nothing verified yet',
    })
  })

  it('give each step its status, the current one, and the possible actions', () => {
    const text = describeWorkflow(waiting)
    expect(text.steps.map(({ label, word, isCurrent }) => [label, word, isCurrent])).toEqual([
      ['Create the account', 'done', false],
      ['Wait for a click on its link', 'waiting', true],
      ['another', '', false],
    ])
    expect(text).toMatchObject({ canConfirm: true, canCancel: true, canStart: false })
  })

  it.each<[string, Partial<WorkflowView<unknown>>, object]>([
    ['failed', { phase: 'failed', error: 'no' }, { detail: 'no', canRetry: true, canStart: true }],
    ['cancelled', { phase: 'cancelled', error: 'cancelled' }, { detail: '', canRetry: true }],
    ['undoing', { ...active, phase: 'compensating' }, { title: 'Undoing', canCancel: false }],
    ['done again', { phase: 'succeeded', attempt: 2 }, { detail: 'At attempt 2', canRetry: false }],
    [
      'not started',
      { phase: 'failed', startError: new HeadwayError('no') },
      { title: 'Not started', canRetry: false },
    ],
  ])('%s', (_, fields, expected) => {
    expect(describeWorkflow(workflow(fields))).toMatchObject(expected)
  })

  it('announce each step, the wait and the end, once', () => {
    const views = [
      workflow({}),
      workflow({ ...active, phase: 'queued' }),
      workflow({ ...active, phase: 'running', step: 'create_account' }),
      workflow({ ...active, phase: 'running', step: 'create_account', message: 'half' }),
      waiting,
      workflow({ ...active, phase: 'compensating', step: 'create_account' }),
      workflow({ workflowId: '1', phase: 'cancelled', isDone: true, error: 'cancelled' }),
      workflow({
        workflowId: '1',
        phase: 'cancelled',
        isDone: true,
        error: 'cancelled',
        attempt: 1,
      }),
    ]
    const said = views.flatMap((after, index) => {
      const before = views[index - 1]
      return before ? (workflowAnnouncement(before, after) ?? []) : []
    })
    expect(said).toEqual([
      'Verification: started',
      'Verification: Create the account',
      'Verification: A mail was sent: click its link here.',
      'Verification: undoing',
      'Verification: Cancelled',
    ])
  })
})
