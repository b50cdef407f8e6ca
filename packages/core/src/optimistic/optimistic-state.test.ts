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

describe('what is shown', () => {
  it.each<[string, Event[], Data | null, number]>([
    ['nothing before anything is known', [changed(1, 'a', 1)], null, 1],
    ['a change at once', [based({ a: 0 }), changed(1, 'a', 1)], { a: 1 }, 1],
    [
      'changes in their order',
      [based({ a: 0 }), changed(1, 'a', 1), changed(2, 'a', 2)],
      { a: 2 },
      2,
    ],
    [
      'what it was, when it is refused',
      [based({ a: 0 }), changed(1, 'a', 1), { type: 'failed', id: 1 }],
      { a: 0 },
      0,
    ],
    [
      'the others, when one is refused',
      [based({ a: 0, b: 0 }), changed(1, 'a', 1), changed(2, 'b', 2), { type: 'failed', id: 1 }],
      { a: 0, b: 2 },
      1,
    ],
    [
      'what the server shows, once that has it',
      [based({ a: 0 }), changed(1, 'a', 1), based({ a: 1 })],
      { a: 1 },
      0,
    ],
    [
      'a change over what others have changed',
      [based({ a: 0 }), changed(1, 'a', 1), based({ a: 0, b: 7 })],
      { a: 1, b: 7 },
      1,
    ],
    [
      'the change, until the server shows something new',
      [based({ a: 0 }), changed(1, 'a', 1), { type: 'confirmed', id: 1 }],
      { a: 1 },
      1,
    ],
    [
      'what the server made of it',
      [based({ a: 0 }), changed(1, 'a', 1), { type: 'confirmed', id: 1 }, based({ a: 9 })],
      { a: 9 },
      0,
    ],
    [
      'what the server shows, when it has nothing new to show',
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

it('stays the very same state when nothing changes', () => {
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

it('whatever comes in which order: every change under way is shown, and in the end what the server has', () => {
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
      const tell = (event: Event): void => {
        state = reduceOptimistic(apply, state, event)
      }
      for (const [index, { change, act }] of steps.entries()) {
        if (act === 'change') {
          sent.push({ id: index, change })
          tell({ type: 'changed', id: index, change })
        }
        const first = act === 'make' || act === 'refuse' ? sent.shift() : undefined
        if (first && act === 'make') {
          server = apply(server, first.change)
          tell({ type: 'confirmed', id: first.id })
        }
        if (first && act === 'refuse') tell({ type: 'failed', id: first.id })
        if (act === 'push') tell(based({ ...server }))
        // The newest change of a key that is under way is what is shown of it.
        const shown = shownBy(apply, state) ?? {}
        for (const key of ['a', 'b', 'c']) {
          const newest = sent.findLast((one) => one.change.key === key)
          if (newest && state.pending.some(({ id }) => id === newest.id)) {
            expect(shown[key]).toBe(newest.change.value)
          }
        }
      }
      for (const { id } of sent) tell({ type: 'failed', id })
      tell(based({ ...server }))
      expect(shownBy(apply, state)).toEqual(server)
      expect(state.pending).toEqual([])
    }),
  )
})
