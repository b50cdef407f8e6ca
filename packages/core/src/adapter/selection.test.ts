import { expect, it, vi } from 'vitest'
import { createStore } from '../store/store.ts'
import { createSelection, selectStore } from './selection.ts'

const same: [what: string, a: unknown, b: unknown][] = [
  ['numbers', 1, 1],
  ['NaN', Number.NaN, Number.NaN],
  ['objects with the same members', { a: 1, b: null }, { a: 1, b: null }],
  ['lists with the same members', [1, 'a'], [1, 'a']],
  ['empty lists', [], []],
]
const other: [what: string, a: unknown, b: unknown][] = [
  ['numbers', 1, 2],
  ['an object with one more member', { a: 1 }, { a: 1, b: undefined }],
  ['an object with a member of another name', { a: undefined }, { b: undefined }],
  ['a list and an object', [], {}],
  ['objects that are equal at a deeper level only', { a: [] }, { a: [] }],
  ['sets', new Set([1]), new Set([1])],
  ['dates', new Date(0), new Date(0)],
  ['null and an object', null, {}],
]

it.each(same)('returns the same object for equal selections: %s', (_, a, b) => {
  const selection = createSelection<unknown, unknown>()
  const pick = (value: unknown): unknown => value
  expect(selection(a, pick)).toBe(a)
  expect(selection(b, pick)).toBe(a)
})

it.each(other)('returns the new object for different selections: %s', (_, a, b) => {
  const selection = createSelection<unknown, unknown>()
  const pick = (value: unknown): unknown => value
  selection(a, pick)
  expect(selection(b, pick)).toBe(b)
})

it('selects once per value', () => {
  const selection = createSelection<number, number>()
  const pick = vi.fn((value: number) => value * 2)
  expect([selection(1, pick), selection(1, pick), selection(2, pick)]).toEqual([2, 2, 4])
  expect(pick).toHaveBeenCalledTimes(2)
})

it('notifies only when the selected part changes', () => {
  const store = createStore({ a: 1, b: 1 })
  const selected = selectStore(store, ({ a }) => a)
  const seen: number[] = []
  const stop = selected.subscribe(() => seen.push(selected.getSnapshot()))
  store.set({ a: 1, b: 2 })
  store.set({ a: 2, b: 2 })
  stop()
  store.set({ a: 3, b: 2 })
  expect(seen).toEqual([2])
})
