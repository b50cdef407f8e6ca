import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type OptimisticEvent,
  type OptimisticState,
  reduceOptimistic,
  shownBy,
} from './optimistic-state.ts'

type Data = Record<string, number>
interface Change {
  key: string
  value: number
}
type Event = OptimisticEvent<Data, Change>

const apply = (data: Data, { key, value }: Change): Data => ({ ...data, [key]: value })
const run = (...events: Event[]): OptimisticState<Data, Change> =>
  events.reduce<OptimisticState<Data, Change>>(
    (state, event) => reduceOptimistic(apply, state, event),
    { base: null, pending: [] },
  )
const based = (base: Data): Event => ({ type: 'based', base })
const changed = (id: number, key: string, value: number): Event => ({
  type: 'changed',
  id,
  change: { key, value },
})

describe('shownBy', () => {
  it.each<[string, Event[], Data | null, number]>([
    ['shows nothing before the first data', [changed(1, 'a', 1)], null, 1],
    ['shows a change at once', [based({ a: 0 }), changed(1, 'a', 1)], { a: 1 }, 1],
    [
      'applies changes in their order',
      [based({ a: 0 }), changed(1, 'a', 1), changed(2, 'a', 2)],
      { a: 2 },
      2,
    ],
    [
      'removes a refused change',
      [based({ a: 0 }), changed(1, 'a', 1), { type: 'failed', id: 1 }],
      { a: 0 },
      0,
    ],
    [
      'keeps the other changes when one is refused',
      [based({ a: 0, b: 0 }), changed(1, 'a', 1), changed(2, 'b', 2), { type: 'failed', id: 1 }],
      { a: 0, b: 2 },
      1,
    ],
    [
      'drops a change when the server shows it',
      [based({ a: 0 }), changed(1, 'a', 1), based({ a: 1 })],
      { a: 1 },
      0,
    ],
    [
      'keeps a change over new data of others',
      [based({ a: 0 }), changed(1, 'a', 1), based({ a: 0, b: 7 })],
      { a: 1, b: 7 },
      1,
    ],
    [
      'keeps a confirmed change until new data comes',
      [based({ a: 0 }), changed(1, 'a', 1), { type: 'confirmed', id: 1 }],
      { a: 1 },
      1,
    ],
    [
      'shows new data in place of a confirmed change',
      [based({ a: 0 }), changed(1, 'a', 1), { type: 'confirmed', id: 1 }, based({ a: 9 })],
      { a: 9 },
      0,
    ],
    [
      'drops a confirmed change when no new data came in time',
      [
        based({ a: 0 }),
        changed(1, 'a', 1),
        { type: 'confirmed', id: 1 },
        { type: 'expired', id: 1 },
      ],
      { a: 0 },
      0,
    ],
  ])('%s', (_, events, shown, pending) => {
    const state = run(...events)
    expect(shownBy(apply, state)).toEqual(shown)
    expect(state.pending).toHaveLength(pending)
  })
})

it('returns the same state when nothing changes', () => {
  const data = { a: 0 }
  const state = run(based(data))
  for (const event of [
    based(data),
    { type: 'failed', id: 7 },
    { type: 'confirmed', id: 7 },
  ] as const) {
    expect(reduceOptimistic(apply, state, event)).toBe(state)
  }
})

it('shows every change under way, and at the end the data of the server, in any order of events', () => {
  const change = fc.record({
    key: fc.constantFrom('a', 'b', 'c'),
    value: fc.integer({ min: 0, max: 3 }),
  })
  const step = fc.record({ change, act: fc.constantFrom('change', 'make', 'refuse', 'push') })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      let server: Data = {}
      const sent: { id: number; change: Change }[] = []
      let state = run(based(server))
      const dispatch = (event: Event): void => {
        state = reduceOptimistic(apply, state, event)
      }
      for (const [index, { change, act }] of steps.entries()) {
        if (act === 'change') {
          sent.push({ id: index, change })
          dispatch({ type: 'changed', id: index, change })
        }
        const first = act === 'make' || act === 'refuse' ? sent.shift() : undefined
        if (first && act === 'make') {
          server = apply(server, first.change)
          dispatch({ type: 'confirmed', id: first.id })
        }
        if (first && act === 'refuse') dispatch({ type: 'failed', id: first.id })
        if (act === 'push') dispatch(based({ ...server }))
        // Each key shows its newest change that is under way.
        const shown = shownBy(apply, state) ?? {}
        for (const key of ['a', 'b', 'c']) {
          const newest = sent.findLast((one) => one.change.key === key)
          if (newest && state.pending.some(({ id }) => id === newest.id)) {
            expect(shown[key]).toBe(newest.change.value)
          }
        }
      }
      for (const { id } of sent) dispatch({ type: 'failed', id })
      dispatch(based({ ...server }))
      expect(shownBy(apply, state)).toEqual(server)
      expect(state.pending).toEqual([])
    }),
  )
})
