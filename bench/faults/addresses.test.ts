import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { pinnedServer, toAddress, toClient } from './addresses.ts'

it.each([
  [0, '127.1.0.0'],
  [255, '127.1.0.255'],
  [256, '127.1.1.0'],
  [65_536, '127.2.0.0'],
])('gives client %i the address %s', (client, address) => {
  expect(toAddress(client)).toBe(address)
})

it('finds the client of each address again', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_000_000 }), (client) => {
      expect(toClient(toAddress(client))).toBe(client)
    }),
  )
})

it.each(['127.0.0.1', '10.0.0.1', '::1', ''])('knows no client of "%s"', (address) => {
  expect(toClient(address)).toBeNull()
})

it('pins clients evenly, and each to one server', () => {
  const servers = [4401, 4402, 4403]
  const pinned = [0, 1, 2, 3, 4, 5].map((client) => pinnedServer(client, servers))
  expect(pinned).toEqual([4401, 4402, 4403, 4401, 4402, 4403])
  expect(pinnedServer(0, [])).toBeUndefined()
})
