import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jobPhase } from '../src/state/phase.ts'
import type { Fold, FollowEvent } from '../src/state/run-state.ts'
import { createModelCluster } from './model-cluster.ts'
import { type Kind, kinds } from './model-kinds.ts'
import { type Action, createModelServer, type ModelServer } from './model-server.ts'
import type { ModelState } from './model-truth.ts'

/**
 * 100,000 before a release; CI runs fewer. A failure prints its seed, and `HEADWAY_SEED` repeats
 * it.
 */
const numRuns = Number(process.env.HEADWAY_RUNS ?? 500)
const seed = Number(process.env.HEADWAY_SEED ?? Date.now() & 0x7fffffff)

const value = fc.nat(100)

const actions: fc.Arbitrary<Action[]> = fc.array(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        type: fc.constant('change' as const),
        to: fc.constantFrom('progress', 'progress', 'late', 'stale', 'fail', 'end', 'retry'),
        value,
      }),
    },
    { weight: 2, arbitrary: fc.record({ type: fc.constant('ask' as const), value }) },
    { weight: 4, arbitrary: fc.record({ type: fc.constant('work' as const), value }) },
    { weight: 2, arbitrary: fc.record({ type: fc.constant('forward' as const), value }) },
    { weight: 1, arbitrary: fc.record({ type: fc.constant('loseForward' as const), value }) },
    { weight: 1, arbitrary: fc.constant({ type: 'giveUp' as const }) },
    { weight: 1, arbitrary: fc.constant({ type: 'kill' as const }) },
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
  it.each<[name: string, isRevised: boolean, create: () => ModelServer]>([
    ['with revisions', true, () => createModelServer(true)],
    ['without revisions, as on Forge', false, () => createModelServer(false)],
    ['with registrations in the stream', true, () => createModelCluster(1)],
    ['in a cluster', true, () => createModelCluster(3)],
  ])('hold %s in every order of events', (_name, isRevised, create) => {
    fc.assert(
      fc.property(actions, (happened) => follow(kind, isRevised, create(), happened)),
      { numRuns, seed },
    )
  })
})

/** Follows a run as the registry does, and checks each promise after each event. */
function follow(kind: Kind, isRevised: boolean, server: ModelServer, happened: Action[]): void {
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
  const asked = (): void => {
    dispatch({ type: 'asked', isFirst })
    isFirst = false
  }
  const ask = (value = 0): void => {
    if (server.ask(value)) asked()
    else drop()
  }
  const receive = (state: ModelState | null): void => {
    if (state) dispatch({ type: 'updated', snapshot: kind.toSnapshot(state) })
  }
  const drop = (): void => {
    server.drop()
    isFirst = true
    dispatch({ type: 'syncChanged', sync: { status: 'stale', since: 0, reason: 'network' } })
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
        if (server.isConnected() && !server.isAsking() && isFollowed) ask(action.value)
        return
      case 'work':
        return server.work(action.value)
      case 'deliver': {
        const frame = server.deliver()
        return frame?.type === 'answer' ? answered(frame.state) : receive(frame?.state ?? null)
      }
      case 'forward':
      case 'loseForward':
        return server[action.type](action.value)
      case 'giveUp':
      case 'kill':
        return server[action.type]()
      case 'repeat':
        return receive(server.repeat())
      case 'answer':
        return answered(server.answer())
      case 'lose':
        return server.lose()
      case 'drop':
        return drop()
      case 'connect':
        if (server.isConnected() || !isFollowed) return
        server.connect()
        return server.isCarrying ? asked() : undefined
    }
  }

  for (const action of happened) step(action)
  // 5 After the last reconnect, and on Forge after one more read, the state equals the server's.
  step({ type: 'drop' })
  step({ type: 'connect' })
  for (let read = 0; read < (isRevised ? 1 : 2); read += 1) {
    step({ type: 'ask', value: 0 })
    for (let round = 0; round < 4; round += 1) {
      step({ type: 'work', value: 0 })
      step({ type: 'work', value: 0 })
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
