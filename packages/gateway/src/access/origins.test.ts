import { expect, it } from 'vitest'
import { toMatcher } from './origins.ts'

it.each([
  ['https://app.example.com', 'https://app.example.com', true],
  ['https://app.example.com', 'http://app.example.com', false],
  ['https://app.example.com', 'https://app.example.com:8443', false],
  ['https://app.example.com', 'https://app.example.com.evil.example', false],
  ['http://localhost:5173', 'http://localhost:5173', true],
  ['http://[::1]:5173', 'http://[::1]:5173', true],
  ['https://*.example.com', 'https://app.example.com', true],
  ['https://*.example.com', 'https://a.b.example.com', true],
  ['https://*.example.com', 'https://xn--mnchen-3ya.example.com', true],
  ['https://*.example.com', 'https://example.com', false],
  ['https://*.example.com', 'https://.example.com', false],
  ['https://*.example.com', 'https://evilexample.com', false],
  ['https://*.example.com', 'https://app.example.com.evil.example', false],
  ['https://*.example.com', 'https://evil.example/.example.com', false],
  ['https://*.example.com', 'https://evil.example#.example.com', false],
  ['https://*.example.com', 'https://evil.example:443@a.example.com', false],
  ['https://*.example.com', 'https://evil.example\\.example.com', false],
  ['https://*.example.com', 'https://evil.example\n.example.com', false],
  ['https://*.example.com', 'http://app.example.com', false],
  ['https://*.example.com', 'https://app.example.com:8443', false],
  ['https://*.example.com:8443', 'https://app.example.com:8443', true],
  ['https://*.example.com', 'https://*.example.com', false],
  ['https://*.example.com', 'null', false],
  ['capacitor://localhost', 'capacitor://localhost', true],
  ['tauri://localhost', 'tauri://localhost', true],
  ['app://my.app', 'app://my.app', true],
  ['app://my.app', 'app://other.app', false],
])('with %j, %j may ask: %s', (listed, origin, expected) => {
  expect(toMatcher([listed])(origin)).toBe(expected)
})

it.each([
  '*',
  'null',
  '',
  'example.com',
  'https://*',
  'https://*.com',
  'https://*.*.example.com',
  'https://a*.example.com',
  'https://app.*.com',
  'https://*.example.com/',
  'https://*.Example.com',
  'https://app.example.com/',
  'https://app.example.com:443',
  'https://App.example.com',
  'https://ann@example.com',
  'http*://example.com',
  'capacitor://localhost/',
  'capacitor://*.localhost',
  'file://localhost',
  'javascript://example.com',
  'data:text/html',
  42 as never,
])('%j cannot be listed', (origin) => {
  expect(() => toMatcher([origin])).toThrow('cors.origins has')
})
