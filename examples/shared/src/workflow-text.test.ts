import { HeadwayError, idleWorkflow, type WorkflowView } from '@headway/core'
import { describe, expect, it } from 'vitest'
import { describeWorkflow, workflowAnnouncement } from './workflow-text.ts'

const live = { status: 'live', since: 0, reason: null } as const

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
    const { steps, canStart, canRetry, title } = describeWorkflow(workflow({}), 0)
    expect(steps.map(({ word }) => word)).toEqual(['', '', '', '', ''])
    expect({ canStart, canRetry, title }).toEqual({
      canStart: true,
      canRetry: false,
      title: 'Nothing verified yet',
    })
  })

  it('give each step its status, the current one, and the possible actions', () => {
    const text = describeWorkflow(waiting, 0)
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
    expect(describeWorkflow(workflow(fields), 0)).toMatchObject(expected)
  })

  it('a step that a cancel stopped says so in a word; its reason is the panel’s', () => {
    const times = { startedAt: null, finishedAt: null }
    const stopped = {
      name: 'email_confirmed',
      status: 'cancelled',
      error: 'late',
      ...times,
    } as const
    const view = workflow({ phase: 'cancelled', isDone: true, error: 'late', steps: [stopped] })
    expect(describeWorkflow(view, 0)).toMatchObject({
      detail: 'late',
      steps: [{ status: 'cancelled', word: 'cancelled', error: null }],
    })
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
