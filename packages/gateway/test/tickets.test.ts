import pg from 'pg'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Principal } from '../src/access/principal.ts'
import { createTickets, type Tickets } from '../src/access/tickets.ts'
import { resolveApp } from '../src/options/app-options.ts'
import { migrate } from '../src/runs/migrate.ts'
import { createDatabase } from './support/database.ts'
import { memoryEngine } from './support/memory-engine.ts'
import { quiet } from './support/quiet.ts'

const user = (id: string): Principal => ({ id, roles: ['editor'], expiresAt: 1e12 })

let pools: pg.Pool[]
/** The tickets of two gateways. */
let here: Tickets
let there: Tickets
beforeEach(async () => {
  const database = await createDatabase()
  pools = [0, 1].map(() => new pg.Pool({ connectionString: database, max: 2 }))
  const [one, two] = pools as [pg.Pool, pg.Pool]
  await migrate(one, resolveApp({ database, engine: memoryEngine(), logger: quiet }))
  const limits = { perUser: 2, perIp: 4 }
  here = createTickets(one, limits)
  there = createTickets(two, limits)
})
afterEach(() => Promise.all(pools.map((pool) => pool.end())))

const age = async (secs: number): Promise<void> => {
  const text = 'update headway.ticket set expires_at = expires_at - make_interval(secs => $1)'
  await pools[0]?.query(text, [secs])
}

it('is good at another gateway, once, and only from its address', async () => {
  const [one = '', two = ''] = [await here.mint(user('ann'), 'x'), await here.mint(user('ann'), '')]
  expect(await there.redeem(two ?? '', '')).toBeNull()
  expect(await there.redeem(one ?? '', 'x')).toEqual(user('ann'))
  expect(await here.redeem(one ?? '', 'x')).toBeNull()
  expect(await there.redeem(one ?? '', 'x')).toBeNull()
})

it('of two gateways that redeem it at once, one gets its owner', async () => {
  const ticket = (await here.mint(user('ann'), 'x')) ?? ''
  const both = await Promise.all([here.redeem(ticket, 'x'), there.redeem(ticket, 'x')])
  expect(both.filter((owner) => owner !== null)).toEqual([user('ann')])
})

it('a user who asks for more voids their own oldest, at any gateway, and nobody else’s', async () => {
  const hers = (await here.mint(user('ann'), 'a')) ?? ''
  const his: string[] = []
  for (const tickets of [here, there, here, there])
    his.push((await tickets.mint(user('bob'), 'b')) ?? '')
  expect(await here.redeem(his[1] ?? '', 'b')).toBeNull()
  expect((await here.redeem(his[2] ?? '', 'b'))?.id).toBe('bob')
  expect((await here.redeem(his[3] ?? '', 'b'))?.id).toBe('bob')
  expect((await here.redeem(hers, 'a'))?.id).toBe('ann')
})

it('an address gets so many at all gateways; one that was used or is too old makes room', async () => {
  const mint = (name: string, ip: string) => here.mint(user(name), ip)
  const first = [await mint('a', 'x'), await mint('b', 'x'), await mint('c', 'x')]
  expect(await there.mint(user('d'), 'x')).not.toBeNull()
  expect(await mint('e', 'x')).toBeNull()
  expect(await mint('e', 'y')).not.toBeNull()
  expect((await there.redeem(first[0] ?? '', 'x'))?.id).toBe('a')
  expect(await mint('e', 'x')).not.toBeNull()
  await age(31)
  expect(await mint('f', 'x')).not.toBeNull()
  expect(await here.redeem(first[1] ?? '', 'x')).toBeNull()
})

it('the database has its digest alone', async () => {
  const ticket = (await here.mint(user('ann'), 'x')) ?? ''
  const rows = await pools[0]?.query('select ticket::text from headway.ticket')
  expect(JSON.stringify(rows?.rows)).not.toContain(ticket)
})
