import { expect, it } from 'vitest'
import type { Principal } from './principal.ts'
import { createTickets } from './tickets.ts'

const user = (id: string): Principal => ({ id, roles: [], expiresAt: 1e12 })
const limits = { all: 6, perUser: 2, perIp: 4 }

it('a user who asks for more voids his own oldest, and nobody else’s', () => {
  const tickets = createTickets(limits)
  const hers = tickets.mint(user('ann'), 'a', 0) ?? ''
  const his = Array.from({ length: 100 }, () => tickets.mint(user('bob'), 'b', 0) ?? '')
  expect(his).not.toContain('')
  expect(tickets.redeem(his[0] ?? '', 'b', 0)).toBeNull()
  expect(tickets.redeem(his[98] ?? '', 'b', 0)?.id).toBe('bob')
  expect(tickets.redeem(his[99] ?? '', 'b', 0)?.id).toBe('bob')
  expect(tickets.redeem(hers, 'a', 0)?.id).toBe('ann')
})

it('an address, and all together, get so many; what was used or is too old makes room', () => {
  const tickets = createTickets(limits)
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
  const mint = (name: string, ip: string, now: number) => tickets.mint(user(name), ip, now)
  const first = names.slice(0, 4).map((name) => mint(name, 'x', 0) ?? '')
  expect(mint('e', 'x', 0)).toBeNull()
  expect(tickets.redeem(first[0] ?? '', 'x', 0)?.id).toBe('a')
  expect(mint('e', 'x', 0)).not.toBeNull()
  expect(mint('f', 'y', 0)).not.toBeNull()
  expect(mint('g', 'y', 0)).not.toBeNull()
  expect(mint('h', 'z', 0)).toBeNull()
  expect(mint('h', 'z', 30_000)).not.toBeNull()
  expect(tickets.redeem(first[1] ?? '', 'x', 30_000)).toBeNull()
})

it('is good once, and where it was asked for', () => {
  const tickets = createTickets(limits)
  const [one = '', two = ''] = [
    tickets.mint(user('ann'), 'x', 0),
    tickets.mint(user('ann'), '', 0),
  ].map((ticket) => ticket ?? '')
  expect(tickets.redeem(two, '', 0)).toBeNull()
  expect(tickets.redeem(one, 'x', 0)?.id).toBe('ann')
  expect(tickets.redeem(one, 'x', 0)).toBeNull()
})
