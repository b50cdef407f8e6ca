import { describe, expect, it } from 'vitest'
import { isLoopback, networkOf, parseAddress } from './address.ts'

it.each([
  ['1.2.3.4', '1.2.3.4'],
  [' 1.2.3.4 ', '1.2.3.4'],
  ['1.2.3.4:5678', '1.2.3.4'],
  ['::ffff:1.2.3.4', '1.2.3.4'],
  ['::ffff:102:304', '1.2.3.4'],
  ['[::ffff:1.2.3.4]:80', '1.2.3.4'],
  ['::1', '::1'],
  ['[::1]', '::1'],
  ['[::1]:80', '::1'],
  ['2001:DB8::A', '2001:db8::a'],
  ['2001:db8:0:1:2:3:4:5', '2001:db8:0:1:2:3:4:5'],
  ['64:ff9b::1.2.3.4', '64:ff9b::102:304'],
  ['fe80::1%eth0', 'fe80::1'],
  ['::', '::'],
  ['', null],
  ['unknown', null],
  ['_hidden', null],
  ['1.2.3', null],
  ['1.2.3.4:', null],
  ['1.2.3.4:80:80', null],
  ['999.2.3.4', null],
  ['[1.2.3.4', null],
  ['localhost', null],
])('the address in "%s" is %s', (text, address) => {
  expect(parseAddress(text)).toBe(address)
})

describe('this machine', () => {
  const isHere = (text: string): boolean => isLoopback(parseAddress(text) ?? '')

  it.each(['127.0.0.1', '127.8.9.10', '::1', '[::1]:80', '::ffff:127.0.0.1', '127.0.0.1:9'])(
    '%s',
    (text) => expect(isHere(text)).toBe(true),
  )

  it.each([
    '128.0.0.1',
    '10.0.0.5',
    '0.0.0.0',
    '::',
    '::2',
    '::127.0.0.1',
    '::ffff:10.0.0.5',
    '127.0.0.1.evil',
    '',
  ])('not "%s"', (text) => expect(isHere(text)).toBe(false))
})

it.each([
  ['1.2.3.4', '1.2.3.4'],
  ['::ffff:1.2.3.4', '1.2.3.4'],
  ['2001:db8:1:2:aaaa::1', '2001:db8:1:2::/64'],
  ['2001:db8:1:2:bbbb:cccc:dddd:eeee', '2001:db8:1:2::/64'],
  ['2001:db8:1:3::1', '2001:db8:1:3::/64'],
  ['::1', '0:0:0:0::/64'],
  ['', ''],
])('%s is counted as %s', (text, network) => {
  expect(networkOf(text)).toBe(network)
})
