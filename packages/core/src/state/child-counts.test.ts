import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { snapshot } from '../../test/support/job-states.ts'
import type { ChildCounts } from '../protocol/snapshot-members.ts'
import type { WorkflowSnapshot } from '../protocol/snapshots.ts'
import { followJob, idleJob, type JobView, reduceJob } from './job-state.ts'
import type { Fold } from './run-state.ts'
import { followWorkflow, idleWorkflow, reduceWorkflow } from './workflow-state.ts'

const counts: ChildCounts = { total: 5, done: 2, failed: 1, cancelled: 0, running: 2 }

/** The view of a job with this member `children`, as it came. */
const viewOf = (children: unknown): JobView<unknown> =>
  reduceJob(followJob('j1'), {
    type: 'updated',
    snapshot: snapshot({ children: children as ChildCounts }),
  }).view

describe('children in a view', () => {
  it('is null before the first answer, and without such a member', () => {
    expect([idleJob.children, idleWorkflow.children]).toEqual([null, null])
    expect([viewOf(undefined).children, viewOf(null).children]).toEqual([null, null])
  })

  it('has the counts of a job, and of a workflow', () => {
    expect(viewOf(counts).children).toEqual(counts)
    const workflow = {
      workflow_id: 'w1',
      status: 'running',
      step: null,
      waiting_for: null,
    } as const
    const whole: WorkflowSnapshot = { ...workflow, steps: [], output: null, error: null }
    const { view } = reduceWorkflow(followWorkflow('w1'), {
      type: 'updated',
      snapshot: { ...whole, children: counts },
    })
    expect(view.children).toEqual(counts)
  })

  it.each<[string, unknown]>([
    ['a number', 5],
    ['a text', '5'],
    ['a list', [5, 2, 1, 0, 2]],
    ['an empty object', {}],
    ['one count missing', { ...counts, running: undefined }],
    ['a count that is a text', { ...counts, done: '2' }],
    ['a count that is null', { ...counts, failed: null }],
  ])('is null for %s', (_, children) => {
    expect(viewOf(children).children).toBeNull()
  })

  it('leaves out members that this version does not know', () => {
    expect(viewOf({ ...counts, waiting: 0 }).children).toEqual(counts)
  })

  it('that change make another view, and equal ones the very same', () => {
    const push = (fold: Fold<JobView<unknown>>, children: ChildCounts, revision: number) =>
      reduceJob(fold, { type: 'updated', snapshot: snapshot({ children, revision }) })
    const first = push(followJob('j1'), counts, 5)
    expect(push(first, { ...counts }, 6).view).toBe(first.view)
    const next = push(first, { ...counts, done: 3, running: 1 }, 7)
    expect(next.view.children).toEqual({ ...counts, done: 3, running: 1 })
  })

  it('are those of the newest revision, whatever order pushes and answers arrive in', () => {
    const count = fc.nat({ max: 9 })
    const history = fc.array(
      fc.record({ total: count, done: count, failed: count, cancelled: count, running: count }),
      { minLength: 1, maxLength: 12 },
    )
    fc.assert(
      fc.property(
        history,
        fc.infiniteStream(fc.record({ order: fc.nat(), isAnswer: fc.boolean() })),
        (states, dice) => {
          const arrivals = states
            .map((children, index) => {
              const { order, isAnswer } = dice.next().value
              return { children, revision: index + 1, order, isAnswer }
            })
            .sort((a, b) => a.order - b.order)
          let newest = 0
          let fold: Fold<JobView<unknown>> = followJob('j1')
          for (const { children, revision, isAnswer } of arrivals) {
            const state = snapshot({ children, revision })
            fold = reduceJob(
              fold,
              isAnswer
                ? { type: 'answered', snapshot: state, at: 0 }
                : { type: 'updated', snapshot: state },
            )
            newest = Math.max(newest, revision)
            expect(fold.view.children).toEqual(states[newest - 1])
          }
        },
      ),
    )
  })
})
