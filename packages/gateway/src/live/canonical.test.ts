import fc from 'fast-check'
import { expect, it } from 'vitest'
import { toCanonical } from './canonical.ts'

it.each([
  ['{"a":1,"b":[2,{"c":null,"d":""}]}', '{"b":[2,{"d":"","c":null}],"a":1}', true],
  ['["a"]', '["b"]', false],
  ['1e400', 'null', false],
  ['1e400', '-1e400', false],
  ['0', '-0', false],
  ['"1"', '1', false],
  ['{"__proto__":1}', '{"__proto__":2}', false],
  ['{"a":1}', '{"a":1,"b":null}', false],
  ['["a,b"]', '["a","b"]', false],
])('%s and %s: the same %s', (some, other, isSame) => {
  expect(toCanonical(JSON.parse(some)) === toCanonical(JSON.parse(other))).toBe(isSame)
})

it('tells apart whatever is not equal', () => {
  const json = fc.jsonValue()
  fc.assert(
    fc.property(json, json, (some, other) => {
      const isSame = toCanonical(some) === toCanonical(other)
      const isEqual = JSON.stringify(sorted(some)) === JSON.stringify(sorted(other))
      expect(isSame || !isEqual || hasNegativeZero([some, other])).toBe(true)
      expect(!isSame || isEqual).toBe(true)
    }),
  )
})

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value)
    .map(([name, member]) => [name, sorted(member)])
    .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1))
  // Not a list by itself: `{}` and `[]` differ.
  return { members }
}

function hasNegativeZero(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.values(value).some(hasNegativeZero)
  return Object.is(value, -0)
}
