import { expect, it } from 'vitest'
import { clientIp } from './client-ip.ts'

it.each<[string, string | undefined, number, string]>([
  ['9.9.9.9', undefined, 0, '9.9.9.9'],
  ['::ffff:9.9.9.9', undefined, 0, '9.9.9.9'],
  ['::1', undefined, 2, '::1'],
  ['9.9.9.9', '1.1.1.1', 0, '9.9.9.9'],
  ['9.9.9.9', '1.1.1.1', 1, '1.1.1.1'],
  ['9.9.9.9', 'lie, 1.1.1.1', 1, '1.1.1.1'],
  ['9.9.9.9', '1.1.1.1, 8.8.8.8', 2, '1.1.1.1'],
  ['9.9.9.9', '1.1.1.1', 3, '1.1.1.1'],
  ['9.9.9.9', 'no address', 1, '9.9.9.9'],
  ['9.9.9.9', '', 1, '9.9.9.9'],
  ['9.9.9.9', '1.2.3.4:5678', 1, '1.2.3.4'],
  ['9.9.9.9', '[2001:db8::1]:80', 1, '2001:db8::1'],
  ['9.9.9.9', '[2001:db8::1]', 1, '2001:db8::1'],
  ['9.9.9.9', '::ffff:1.2.3.4', 1, '1.2.3.4'],
  ['9.9.9.9', '1.1.1.1, unknown', 1, '9.9.9.9'],
  ['9.9.9.9', ' , ', 1, '9.9.9.9'],
  ['', '1.1.1.1', 1, '1.1.1.1'],
  ['', undefined, 1, ''],
])('from %s, forwarded for %s, behind %i proxies: %s', (remote, forwarded, proxies, expected) => {
  expect(clientIp(remote, forwarded, proxies)).toBe(expected)
})
