import { expect, it } from 'vitest'
import { type Origin, whyNotLocal } from './local-only.ts'

const here: Origin = {
  client: '127.0.0.1',
  peer: '127.0.0.1',
  isUnixSocket: false,
  forwardedFor: undefined,
  host: 'localhost:4400',
}
const isLetIn = (origin: Partial<Origin>, isDevelopment = false): boolean =>
  whyNotLocal({ ...here, ...origin }, isDevelopment) === null

it.each<[string, Partial<Origin>]>([
  ['an IPv4 peer', {}],
  ['any address of 127/8', { client: '127.8.9.10' }],
  ['an IPv6 peer', { client: '::1', host: '[::1]:4400' }],
  ['an IPv4 peer on an IPv6 socket', { client: '::ffff:127.0.0.1' }],
  ['a socket of the file system', { client: '', peer: '', isUnixSocket: true }],
  ['a name below localhost', { host: 'app.localhost' }],
  ['a proxy for this machine', { forwardedFor: '::1, 127.0.0.1:5678' }],
])('lets in %s', (_, origin) => {
  expect(isLetIn(origin)).toBe(true)
  expect(isLetIn(origin, true)).toBe(true)
})

it.each<[string, Partial<Origin>]>([
  ['a neighbour who says localhost', { client: '192.168.1.7' }],
  ['a neighbour, on an IPv6 socket', { client: '::ffff:192.168.1.7' }],
  ['a neighbour by IPv6', { client: 'fe80::1%eth0' }],
  ['what a proxy on this machine passes on', { forwardedFor: '203.0.113.9' }],
  ['what proxies pass on, each with its own entry', { forwardedFor: '203.0.113.9, 127.0.0.1' }],
  ['a neighbour who says that he is a proxy for this machine', { peer: '192.168.1.7' }],
  ['an entry that is no address', { forwardedFor: 'unknown' }],
  [
    'what comes through a proxy on a socket',
    { client: '', peer: '', isUnixSocket: true, forwardedFor: '10.0.0.1' },
  ],
  ['another name, as in DNS rebinding', { host: 'evil.example:4400' }],
  ['a name that only begins like ours', { host: '127.0.0.1.evil.example' }],
  ['no name', { host: '' }],
])('refuses %s, in development too', (_, origin) => {
  expect(isLetIn(origin)).toBe(false)
  expect(isLetIn(origin, true)).toBe(false)
})

it('lets in what comes from an unknown address in development alone, and says what to do', () => {
  const unknown = { ...here, client: '', peer: '' }
  expect(whyNotLocal(unknown, true)).toBeNull()
  expect(whyNotLocal(unknown, false)).toContain('gateway.fetch(request, { ip })')
})
