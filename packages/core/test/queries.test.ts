import { expect, it } from 'vitest'
import { defineQuery } from '../src/index.ts'
import { createFakeClient, type FakeGatewayOptions, failure } from '../src/testing/index.ts'
import { inBatches } from './support/in-batches.ts'

const listUsers = defineQuery<{ team: string; page?: number }, string[]>('list_users')

const createTeam = (options: FakeGatewayOptions = {}) => {
  const users = ['ann']
  const fake = createFakeClient({ queries: { list_users: () => [...users] }, ...options })
  return { users, ...fake }
}

it('is loading, then has data, then the newer data of the server', async () => {
  const { users, client, gateway, settled } = createTeam()
  const query = client.watch(listUsers, { team: 'a' })
  expect(query.getSnapshot()).toMatchObject({ loading: true, data: null, stale: false })
  expect(gateway.requests).toEqual([])
  query.subscribe(() => undefined)
  await settled()
  expect(query.getSnapshot()).toMatchObject({ loading: false, data: ['ann'], error: null })
  const before = query.getSnapshot()
  gateway.changed('list_users')
  await settled()
  expect(query.getSnapshot()).toBe(before)
  users.push('bob')
  gateway.changed('list_users')
  await settled()
  expect(query.getSnapshot().data).toEqual(['ann', 'bob'])
})

it('shares one registration between all watchers, in any order of the arguments’ members', async () => {
  const { client, gateway, settled } = createTeam()
  const first = client.watch(listUsers, { team: 'a', page: 1 })
  const second = client.watch(listUsers, { page: 1, team: 'a' })
  const other = client.watch(listUsers, { team: 'b' })
  const stops = [first, second, other].map((query) => query.subscribe(() => undefined))
  await settled()
  expect(gateway.registrations()).toHaveLength(2)
  expect(first.getSnapshot()).toBe(second.getSnapshot())
  for (const stop of stops) stop()
})

it('keeps its data as stale while the connection is lost, and has the newest data afterwards', async () => {
  const { users, client, gateway, settled, advance } = createTeam()
  const query = client.watch(listUsers, { team: 'a' })
  query.subscribe(() => undefined)
  await settled()
  gateway.goOffline()
  await settled()
  expect(query.getSnapshot()).toMatchObject({ data: ['ann'], stale: true, error: null })
  users.push('bob')
  gateway.goOnline()
  await advance(1_000)
  expect(query.getSnapshot()).toMatchObject({ data: ['ann', 'bob'], stale: false })
})

it('keeps its data beside an error, and reads again by itself', async () => {
  const { client, gateway, settled } = createTeam()
  const query = client.watch(listUsers, { team: 'a' })
  query.subscribe(() => undefined)
  await settled()
  const [target = ''] = gateway.registrations()
  const seen: unknown[] = []
  query.subscribe(() => seen.push(query.getSnapshot()))
  gateway.send({ type: 'error', target, code: 'SERIALIZATION_ERROR', message: 'too large' })
  await settled()
  expect(seen[0]).toMatchObject({
    data: ['ann'],
    stale: true,
    error: { code: 'SERIALIZATION_ERROR', message: 'too large' },
  })
  expect(query.getSnapshot()).toMatchObject({ data: ['ann'], stale: false, error: null })
})

it('shows a refusal, delays no other query, and reads again on refetch()', async () => {
  const { client, gateway, settled } = createTeam({ capabilities: inBatches })
  gateway.intercept(({ path }) =>
    path === '/subscribe-batch'
      ? Response.json({
          success: true,
          data: [
            { id: 'q1', success: false, error: { code: 'FORBIDDEN', message: 'not yours' } },
            { id: 'q2', success: true, data: ['eve'], revision: 1 },
          ],
        })
      : undefined,
  )
  const refused = client.watch(listUsers, { team: 'a' })
  const allowed = client.watch(listUsers, { team: 'b' })
  for (const query of [refused, allowed]) query.subscribe(() => undefined)
  await settled()
  expect(refused.getSnapshot()).toMatchObject({
    loading: false,
    data: null,
    error: { code: 'FORBIDDEN' },
    sync: { status: 'refused', reason: 'FORBIDDEN' },
  })
  expect(allowed.getSnapshot()).toMatchObject({ data: ['eve'], sync: { status: 'live' } })
  expect(client.connection.getSnapshot()).toMatchObject({ status: 'open', attempt: 0 })

  gateway.intercept(() => undefined)
  refused.refetch()
  await settled()
  expect(refused.getSnapshot()).toMatchObject({
    data: ['ann'],
    error: null,
    sync: { status: 'live' },
  })
})

it('reads again after a gap', async () => {
  const { users, client, gateway, settled } = createTeam()
  const query = client.watch(listUsers, { team: 'a' })
  query.subscribe(() => undefined)
  await settled()
  users.push('bob')
  const [target = ''] = gateway.registrations()
  gateway.send({ type: 'gap', target })
  await settled()
  expect(query.getSnapshot()).toMatchObject({ data: ['ann', 'bob'], stale: false })
})

it('registers again after a refusal of the whole batch', async () => {
  const { client, gateway, settled, advance } = createTeam({ capabilities: inBatches })
  let refusals = 0
  gateway.intercept(({ path }) => {
    if (path !== '/subscribe-batch' || refusals === 2) return undefined
    refusals += 1
    return failure(503, 'SERVICE_UNAVAILABLE', 'later', { 'retry-after': '2' })
  })
  const query = client.watch(listUsers, { team: 'a' })
  query.subscribe(() => undefined)
  await settled()
  await advance(3_900)
  expect(query.getSnapshot().loading).toBe(true)
  await advance(200)
  expect(query.getSnapshot().data).toEqual(['ann'])
})
