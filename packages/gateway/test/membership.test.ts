import pg from 'pg'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createLeftRequests, type LeftRequest } from '../src/cluster/left-requests.ts'
import { joinGateways, type Membership } from '../src/cluster/membership.ts'
import { resolveApp } from '../src/options/app-options.ts'
import type { Database } from '../src/postgres/pools.ts'
import { migrate } from '../src/runs/migrate.ts'
import { createTeardown, type Teardown } from '../src/teardown.ts'
import { createDatabase } from './support/database.ts'
import { memoryEngine } from './support/memory-engine.ts'
import { quiet } from './support/quiet.ts'

let pool: pg.Pool
let teardown: Teardown
beforeEach(async () => {
  teardown = createTeardown()
  const database = await createDatabase()
  pool = new pg.Pool({ connectionString: database, max: 4 })
  teardown.defer(() => pool.end())
  await migrate(pool, resolveApp({ database, engine: memoryEngine(), logger: quiet }))
})
afterEach(async () => {
  vi.useRealTimers()
  await teardown.run()
})

const session = '00000000-0000-8000-8000-000000000000'
const request: LeftRequest = {
  sessionId: session,
  action: 'register',
  items: [{ kind: 'job', id: 'a\0b' }],
  seq: 7,
  principal: { id: 'ann', roles: [], expiresAt: 1e12 },
}

/** A gateway that renews its lease only when the test says so. */
const join = async (number: number, renewSecs = 3_600, database: Database = pool) => {
  let times = 0
  let tell = (): void => undefined
  const forgotten = (): void => {
    times += 1
    tell()
  }
  const lease = { leaseSecs: 15, renewSecs, forgetSecs: 600 }
  const member: Membership = await joinGateways(database, number, quiet, forgotten, lease)
  teardown.defer(member.release)
  const untilForgotten = new Promise<void>((resolve) => {
    tell = resolve
  })
  return { ...member, times: () => times, untilForgotten }
}
const requestsOf = (number: number) => {
  const taken: LeftRequest[] = []
  let tell = (): void => undefined
  const requests = createLeftRequests(pool, number, quiet, (left) => {
    taken.push(left)
    tell()
  })
  teardown.defer(requests.close)
  const until = (count: number) =>
    new Promise<LeftRequest[]>((resolve) => {
      tell = () => {
        if (taken.length >= count) resolve(taken)
      }
      tell()
    })
  return { ...requests, until }
}
const age = (number: number, secs: number) =>
  pool.query(
    'update headway.gateway set lease_until = lease_until - make_interval(secs => $2) where number = $1',
    [number, secs],
  )

it('a request reaches the gateway for which it was left, as it was, in the order of leaving', async () => {
  await join(1)
  const [owner, other] = [requestsOf(1), requestsOf(2)]
  for (const seq of [1, 2, 3]) expect(await other.leave(1, { ...request, seq }, false)).toBe('left')
  owner.take()
  const taken = await owner.until(3)
  expect(taken).toEqual([1, 2, 3].map((seq) => ({ ...request, seq })))
  const left = await pool.query('select from headway.left_request')
  expect(left.rowCount).toBe(0)
})

it.each([
  ['never joined', async () => undefined],
  ['has stopped', async () => (await join(1)).release()],
  [
    'has not renewed its lease',
    async () => {
      await join(1)
      await age(1, 16)
    },
  ],
])('nothing is left for a gateway that %s', async (_, prepare) => {
  await prepare()
  expect(await requestsOf(2).leave(1, request, false)).toBe('gone')
  expect((await pool.query('select from headway.left_request')).rowCount).toBe(0)
})

it('after an outage of the database, one that has not renewed its lease yet counts', async () => {
  await join(1)
  await age(1, 300)
  expect(await requestsOf(2).leave(1, request, true)).toBe('left')
  expect(await requestsOf(2).leave(3, request, true)).toBe('gone')
})

it('one that renews in time, or late, goes on; one that was forgotten hears so', async () => {
  const owner = await join(1, 0.05)
  await age(1, 300)
  await join(2)
  expect(owner.times()).toBe(0)
  await pool.query('delete from headway.gateway where number = 1')
  await owner.untilForgotten
  const { rows } = await pool.query('select number::int from headway.gateway order by number')
  expect(rows).toEqual([{ number: 1 }, { number: 2 }])
})

it('a gateway was away once its lease is over, and for as long again after it is back', async () => {
  vi.useFakeTimers({ toFake: ['performance', 'setInterval', 'clearInterval'] })
  let isAway = false
  const query = (text: string, values: unknown[]) =>
    isAway ? Promise.reject(new Error('it is away')) : pool.query(text, values)
  const owner = await join(1, 5, { query } as Database)
  expect([owner.isMember(), owner.wasAway()]).toEqual([true, false])
  isAway = true
  await vi.advanceTimersByTimeAsync(14_000)
  expect([owner.isMember(), owner.wasAway()]).toEqual([true, false])
  await vi.advanceTimersByTimeAsync(2_000)
  expect([owner.isMember(), owner.wasAway()]).toEqual([false, true])
  isAway = false
  await vi.advanceTimersByTimeAsync(5_000)
  await vi.waitUntil(() => owner.isMember())
  expect(owner.wasAway()).toBe(true)
})

it('a renewal that is under way when the gateway stops does not take the lease again', async () => {
  const sent: string[] = []
  let goOn = (): void => undefined
  const held = new Promise<void>((resolve) => {
    goOn = resolve
  })
  let begin = (): void => undefined
  const begun = new Promise<void>((resolve) => {
    begin = resolve
  })
  const query = async (text: string, values: unknown[]) => {
    if (sent.length === 1 && text.includes('insert')) {
      begin()
      await held
    }
    sent.push(/delete from headway.gateway where number = |insert/.exec(text)?.[0] ?? text)
    return pool.query(text, values)
  }
  const owner = await join(1, 0.01, { query } as Database)
  await begun
  const released = owner.release()
  goOn()
  await released
  expect(sent).toEqual(['insert', 'insert', 'delete from headway.gateway where number = '])
  expect((await pool.query('select from headway.gateway')).rowCount).toBe(0)
})

it('a request of a later version, with an unknown action, has no effect', async () => {
  await join(1)
  const [owner, other] = [requestsOf(1), requestsOf(2)]
  const later = { ...request, action: 'of a later version' } as unknown as LeftRequest
  await other.leave(1, later, false)
  await other.leave(1, request, false)
  owner.take()
  expect(await owner.until(1)).toEqual([request])
})

it('a gateway that stopped long ago is forgotten, with what was left for it', async () => {
  await join(1)
  await requestsOf(2).leave(1, request, false)
  await age(1, 16)
  await join(2)
  expect((await pool.query('select from headway.left_request')).rowCount).toBe(1)
  await age(1, 600)
  await join(3)
  // The next renewal finds what was left for it.
  await join(4)
  expect((await pool.query('select from headway.left_request')).rowCount).toBe(0)
  const { rows } = await pool.query('select number::int from headway.gateway order by number')
  expect(rows.map(({ number }) => number)).toEqual([2, 3, 4])
})

it('a session, and a gateway, may have so much waiting; what is taken makes room', async () => {
  await join(1)
  const [owner, other] = [requestsOf(1), requestsOf(2)]
  const mib = { ...request, items: [{ id: 'x'.repeat(1_048_576) }] }
  const leave = (sessionId: string) => other.leave(1, { ...mib, sessionId }, false)
  const sessionOf = (number: number) => session.slice(0, -2) + String(number).padStart(2, '0')
  const outcomes: string[] = []
  for (let times = 0; times < 5; times += 1) outcomes.push(await leave(session))
  expect(outcomes).toEqual(['left', 'left', 'left', 'left', 'full'])
  expect(await leave(sessionOf(1))).toBe('left')
  for (let number = 2; number <= 60; number += 1) {
    expect(await leave(sessionOf(number))).toBe('left')
  }
  expect(await leave(sessionOf(61))).toBe('full')
  owner.take()
  await owner.until(64)
  expect(await leave(session)).toBe('left')
})

it('many that were left are taken in their order, in parts', async () => {
  await join(1)
  const [owner, other] = [requestsOf(1), requestsOf(2)]
  for (let seq = 1; seq <= 120; seq += 1) await other.leave(1, { ...request, seq }, false)
  owner.take()
  const taken = await owner.until(120)
  expect(taken.map(({ seq }) => seq)).toEqual(Array.from({ length: 120 }, (_, at) => at + 1))
})
