import { expect, it } from 'vitest'
import { safeUrl } from './safe-url.ts'

it.each([
  '/exports/1.csv',
  'exports/1.csv',
  '?id=1',
  '//cdn.example/1.csv',
  'https://cdn.example/1.csv',
])('links to %s', (url) => {
  expect(safeUrl(url)).toBe(url)
})

it.each([
  'javascript:alert(1)',
  ' JavaScript:alert(1)',
  'java\nscript:alert(1)',
  '\u0001javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'blob:https://page.example/1',
  'vbscript:x',
  'https://',
  null,
  undefined,
  { toString: () => '/exports/1.csv' },
])('does not link to %j', (url) => {
  expect(safeUrl(url)).toBeUndefined()
})
