import { expect, it } from 'vitest'
import { formatAge, formatAgo, formatBytes } from './amount-text.ts'

it.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [1_499, '1 kB'],
  [999_499, '999 kB'],
  [999_500, '1.0 MB'],
  [2_710_000, '2.7 MB'],
])('%i bytes are %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text)
})

const minute = 60_000
it.each([
  [-3 * minute, 'just now'],
  [minute - 1, 'just now'],
  [minute, '1 minute ago'],
  [59.9 * minute, '59 minutes ago'],
  [60 * minute, '1 hour ago'],
  [23.9 * 60 * minute, '23 hours ago'],
  [49 * 60 * minute, '2 days ago'],
])('%i ms ago is %s', (ms, text) => {
  expect(formatAgo(1_000_000, 1_000_000 + ms)).toBe(text)
})

it.each([
  [-5, '0 s'],
  [12_999, '12 s'],
  [60_000, '1 min'],
  [59 * minute + 59_999, '59 min'],
  [2 * 60 * minute, '2 h'],
])('%i ms last %s', (ms, text) => {
  expect(formatAge(ms)).toBe(text)
})
