import fc from 'fast-check'
import { expect, it } from 'vitest'
import { maxBytes, maxItems, toParts } from './parts.ts'

it.each([
  [0, []],
  [1, [1]],
  [1_000, [1_000]],
  [1_001, [1_000, 1]],
  [2_500, [1_000, 1_000, 500]],
])('%i small items are parts of %j', (count, sizes) => {
  const parts = toParts(Array.from({ length: count }, (_, index) => index))
  expect(parts.map(({ items }) => items.length)).toEqual(sizes)
  expect(parts.map(({ from }) => from)).toEqual(sizes.map((_, index) => index * maxItems))
})

it('large items are parts that fit into a body', () => {
  const item = 'x'.repeat(400_000)
  expect(toParts([item, item, item, item, item]).map(({ from }) => from)).toEqual([0, 2, 4])
})

it('an item that is too large is alone', () => {
  const large = 'x'.repeat(maxBytes)
  expect(toParts(['a', large, 'b']).map(({ items }) => items)).toEqual([['a'], [large], ['b']])
})

it('all items are there, in order, and each part fits, whatever their text', () => {
  const text = fc.string({ unit: 'binary', maxLength: 40 })
  fc.assert(
    fc.property(
      fc.array(text, { maxLength: 60 }),
      fc.integer({ min: 1, max: 30 }),
      (texts, times) => {
        const items = texts.map((one) => ({ args: one.repeat(times * 100) }))
        const parts = toParts(items)
        expect(parts.flatMap((part) => part.items)).toEqual(items)
        let next = 0
        for (const { from, items: own } of parts) {
          expect(from).toBe(next)
          expect(own.length).toBeGreaterThan(0)
          next += own.length
          const bytes = new TextEncoder().encode(JSON.stringify(own)).length
          if (own.length > 1) expect(bytes).toBeLessThanOrEqual(maxBytes + 2)
        }
      },
    ),
  )
})
