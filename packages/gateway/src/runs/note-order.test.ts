import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { createNoteOrder } from './note-order.ts'
import { createShortMemory } from './short-memory.ts'

const key = 'secret'
const mark = (epoch: number | string, by = key): string =>
  `${epoch}.${createHash('sha256').update(`${by}.${epoch}`).digest('hex')}`

it('notes are counted from the last mark', () => {
  const order = createNoteOrder(key)
  expect(order.next()).toBeNull()
  order.mark(mark(7))
  expect([order.next(), order.next()]).toEqual([
    [7, 1],
    [7, 2],
  ])
  order.mark(mark(9))
  expect(order.next()).toEqual([9, 1])
})

it.each([
  ['of somebody else', mark(8, 'guess')],
  ['that came before', mark(6)],
  ['that came already', mark(7)],
  ['without a signature', '8'],
  ['that is no number', mark('8e3')],
  ['beyond all numbers', mark('9'.repeat(16))],
  ['of nothing', ''],
])('a mark %s changes nothing', (_, payload) => {
  const order = createNoteOrder(key)
  order.mark(mark(7))
  order.next()
  order.mark(payload)
  expect(order.next()).toEqual([7, 2])
})

it('nothing is counted between a loss and the next mark', () => {
  const order = createNoteOrder(key)
  order.mark(mark(7))
  order.lost()
  expect(order.next()).toBeNull()
  order.mark(mark(8))
  expect(order.next()).toEqual([8, 1])
})

it('a short memory forgets in time, on demand, and what is oldest where there is too much', () => {
  let now = 0
  const memory = createShortMemory(10, 2, () => now)
  for (const key of ['a', 'b', 'a', 'c']) memory.add(key)
  const known = () => ['a', 'b', 'c'].filter(memory.has)
  expect(known()).toEqual(['a', 'c'])
  memory.delete('a')
  expect(known()).toEqual(['c'])
  now = 10
  expect(known()).toEqual([])
})
