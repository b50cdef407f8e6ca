import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JobStatus, WorkflowStatus } from '../src/protocol/index.ts'
import { followJob, reduceJob } from '../src/state/job-state.ts'
import { jobPhase } from '../src/state/phase.ts'
import { idleQuery, reduceQuery } from '../src/state/query-state.ts'
import { type Fold, type FollowEvent, toFold } from '../src/state/run-state.ts'
import { followWorkflow, reduceWorkflow } from '../src/state/workflow-state.ts'
import { type Action, createModelServer, type ModelState } from './model-server.ts'

/**
 * 100,000 before a release; CI runs fewer. A failure prints its seed, and `HEADWAY_SEED` repeats
 * it.
 */
const numRuns = Number(process.env.HEADWAY_RUNS ?? 500)
const seed = Number(process.env.HEADWAY_SEED ?? Date.now() & 0x7fffffff)

/** A kind of target, for the model. */
interface Kind {
  follow: () => Fold<unknown>
  reduce: (fold: Fold<unknown>, event: FollowEvent<unknown>) => Fold<unknown>
  toSnapshot: (state: ModelState) => unknown
  /** The members of the view that come from the server. */
  shown: (view: unknown) => unknown
  isDone: (view: unknown) => boolean
}

/** Erases the type parameters of a kind. */
const toKind = <V, S>(kind: {
  follow: () => Fold<V>
  reduce: (fold: Fold<V>, event: FollowEvent<S>) => Fold<V>
  toSnapshot: (state: ModelState) => S
  shown: (view: V) => unknown
  isDone: (view: V) => boolean
}): Kind => kind as unknown as Kind

const kinds = {
  job: toKind({
    follow: () => followJob('j'),
    reduce: reduceJob,
    toSnapshot: ({ status, ...rest }) => ({
      job_id: 'j',
      status: status as JobStatus,
      message: null,
      output: status === 'completed' ? { rows: 3 } : null,
      ...rest,
    }),
    shown: ({ status, progress, error }) => ({ status, progress, error }),
    isDone: ({ isDone }) => isDone,
  }),
  workflow: toKind({
    follow: () => followWorkflow('w'),
    reduce: reduceWorkflow,
    toSnapshot: ({ status, progress, error, ...rest }) => ({
      workflow_id: 'w',
      status: (status === 'dead_letter' ? 'failed' : status) as WorkflowStatus,
      step: null,
      waiting_for: null,
      steps: [{ name: String(progress), status: 'running' as const, error: null }],
      output: null,
      error,
      ...rest,
    }),
    shown: ({ status, steps, error }) => ({
      status: status === 'failed' ? 'dead_letter' : status,
      progress: Number(steps[0]?.name),
      error,
    }),
    isDone: ({ isDone }) => isDone,
  }),
  query: toKind({
    follow: () => toFold(idleQuery),
    reduce: reduceQuery,
    toSnapshot: ({ revision, ...data }) => ({ data, ...(revision !== undefined && { revision }) }),
    shown: ({ data }) => data,
    isDone: () => false,
  }),
}

const actions: fc.Arbitrary<Action[]> = fc.array(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        type: fc.constant('change' as const),
        to: fc.constantFrom('progress', 'progress', 'late', 'stale', 'fail', 'end', 'retry'),
        value: fc.nat(100),
      }),
    },
    { weight: 2, arbitrary: fc.constant({ type: 'ask' as const }) },
    { weight: 4, arbitrary: fc.constant({ type: 'work' as const }) },
    { weight: 4, arbitrary: fc.constant({ type: 'deliver' as const }) },
    { weight: 2, arbitrary: fc.constant({ type: 'answer' as const }) },
    { weight: 1, arbitrary: fc.constant({ type: 'lose' as const }) },
    { weight: 1, arbitrary: fc.constant({ type: 'repeat' as const }) },
    { weight: 1, arbitrary: fc.constant({ type: 'drop' as const }) },
    { weight: 2, arbitrary: fc.constant({ type: 'connect' as const }) },
  ),
  { maxLength: 80, size: 'max' },
)

describe.each(Object.entries(kinds))('the promises of a %s', (_, kind) => {
  it.each([
    ['with revisions', true],
    ['without revisions, as on Forge', false],
  ])('hold %s in every order of events', (_name, isRevised) => {
    fc.assert(
      fc.property(actions, (happened) => follow(kind, isRevised, happened)),
      { numRuns, seed },
    )
  })
})

/** Follows a run as the registry does, and checks each promise after each event. */
function follow(kind: Kind, isRevised: boolean, happened: Action[]): void {
  const server = createModelServer(isRevised)
  let fold = kind.follow()
  let newest = 0
  let isFirst = true

  const dispatch = (event: FollowEvent<unknown>): void => {
    const before = fold
    fold = kind.reduce(before, event)
    check(before, event)
  }
  const check = (before: Fold<unknown>, event: FollowEvent<unknown>): void => {
    const [was, is] = [kind.shown(before.view), kind.shown(fold.view)]
    const { revision } = (
      event.type === 'updated' || event.type === 'answered' ? event.snapshot : {}
    ) as { revision?: number }
    // 1 Never backwards.
    if (revision !== undefined && revision < newest) expect(is).toEqual(was)
    newest = Math.max(newest, revision ?? 0)
    // 2 An end stays until a new registration or a higher revision replaces it.
    if (kind.isDone(before.view) && event.type === 'updated' && revision === undefined) {
      expect((is as ModelState).status).toBe((was as ModelState).status)
    }
    // 3 Connection trouble changes only the sync, never the state.
    if (event.type === 'syncChanged') expect(is).toEqual(was)
    // 4 A repeated update gives the same view.
    if (event.type === 'updated') expect(kind.reduce(fold, event).view).toBe(fold.view)
  }
  const ask = (): void => {
    server.ask()
    dispatch({ type: 'asked', isFirst })
    isFirst = false
  }
  const receive = (state: ModelState | null): void => {
    if (state) dispatch({ type: 'updated', snapshot: kind.toSnapshot(state) })
  }
  const answered = (state: ModelState | null): void => {
    if (!state) return
    const wasOvertaken = !isRevised && fold.isOvertaken
    const before = kind.shown(fold.view)
    dispatch({ type: 'answered', snapshot: kind.toSnapshot(state), at: 0 })
    const isEnd = kind === kinds.query ? false : jobPhaseIsDone(state)
    if (wasOvertaken && !isEnd) {
      expect(kind.shown(fold.view)).toEqual(before)
      expect(fold.needsReread).toBe(true)
    }
    if (fold.needsReread) ask()
  }
  const step = (action: Action): void => {
    // An ended run is no longer registered: only connection trouble reaches it.
    const isFollowed = !kind.isDone(fold.view)
    switch (action.type) {
      case 'change':
        return server.change(action.to, action.value)
      case 'ask':
        if (server.isConnected() && !server.isAsking() && isFollowed) ask()
        return
      case 'work':
        return server.work()
      case 'deliver':
        return receive(server.deliver())
      case 'repeat':
        return receive(server.repeat())
      case 'answer':
        return answered(server.answer())
      case 'lose':
        return server.lose()
      case 'drop':
        server.drop()
        isFirst = true
        return dispatch({
          type: 'syncChanged',
          sync: { status: 'stale', since: 0, reason: 'network' },
        })
      case 'connect':
        return server.connect()
    }
  }

  for (const action of happened) step(action)
  // 5 After the last reconnect, and on Forge after one more read, the state equals the server's.
  step({ type: 'drop' })
  step({ type: 'connect' })
  for (let read = 0; read < (isRevised ? 1 : 2); read += 1) {
    step({ type: 'ask' })
    for (let round = 0; round < 4; round += 1) {
      step({ type: 'work' })
      step({ type: 'work' })
      while (server.framesLeft() > 0) step({ type: 'deliver' })
      step({ type: 'answer' })
    }
  }
  const actual = kind.shown(fold.view) as ModelState
  const { revision: _, ...expected } = server.state()
  if (kind.isDone(fold.view)) {
    // Only a new registration gets changes after the end, such as a late update or a retry.
    const isSameEnd = actual.status === expected.status || isRevised
    expect(isSameEnd).toBe(true)
  } else {
    expect(actual).toEqual(expected)
  }
}

function jobPhaseIsDone(state: ModelState): boolean {
  return ['succeeded', 'failed'].includes(jobPhase(state))
}
