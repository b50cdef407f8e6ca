import { expect, it } from 'vitest'
import { formatAgo, formatBytes } from './amount-text.ts'

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
