import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defineJob, startMany } from '../src/index.ts'
import { createFakeClient, type FakeGateway, failure } from '../src/testing/index.ts'
import { jwt } from './support/jwt.ts'

/* Groups of more items than one request takes. */

const importFile = defineJob<number, number>('import_file')
const many = '/rpc/import_file/many'
const add = '/jobs/job-1/children'
const items = (count: number): number[] => Array.from({ length: count }, (_, index) => index)

/** The requests that start a group and add to it: the path, the first item, and the flags. */
const sent = ({ requests }: FakeGateway): unknown[] =>
  requests
    .filter(({ path }) => path === many || path === add)
    .map(({ path, body: { items: all, ...flags } }) => [path, (all as unknown[]).length, flags])

const inThree = [
  [many, 1_000, { open: true }],
  [add, 1_000, { from: 1_000 }],
  [add, 500, { from: 2_000, close: true }],
]

it('are started open, filled in order, and closed by the last request', async () => {
  const { client, gateway, settled } = createFakeClient()
  const group = startMany(client, importFile, items(2_500))
  await settled()
  expect(sent(gateway)).toEqual(inThree)
  expect(group.getSnapshot()).toMatchObject({ phase: 'queued', children: { total: 2_500 } })
  expect(gateway.children('job-1')).toHaveLength(2_500)
})

it('are starting until all items are there', async () => {
  const { client, gateway, settled } = createFakeClient()
  let release = (): void => undefined
  gateway.intercept(({ path }) => {
    if (path !== add) return undefined
    return new Promise((resolve) => {
      release = () => resolve(undefined)
    })
  })
  const group = startMany(client, importFile, items(1_500))
  await settled()
  expect(group.getSnapshot()).toMatchObject({ phase: 'starting', jobId: '' })
  release()
  await settled()
  expect(group.getSnapshot()).toMatchObject({ phase: 'queued', jobId: 'job-1' })
})

it('cancel() that is called before waits for them, and ends the group', async () => {
  const { client, settled } = createFakeClient()
  const group = startMany(client, importFile, items(1_500))
  await group.cancel('enough')
  await settled()
  expect(group.getSnapshot()).toMatchObject({
    ...{ phase: 'cancelled', error: 'enough' },
    children: { total: 1_500, cancelled: 1_500 },
  })
})

describe('a request that adds', () => {
  it.each<[string, () => Response | Promise<never>]>([
    ['whose answer is lost', () => Promise.reject(new TypeError('reset'))],
    ['that a proxy answers', () => new Response('Bad gateway', { status: 502 })],
    ['for which the server has no room', () => failure(503, 'SERVICE_UNAVAILABLE', 'full')],
    ['that comes too often', () => failure(429, 'RATE_LIMITED', 'slow down')],
  ])('%s is sent again', async (_, answer) => {
    const { client, gateway, advance } = createFakeClient()
    let failing = 3
    gateway.intercept(({ path }) => (path === add && failing-- > 0 ? answer() : undefined))
    const group = startMany(client, importFile, items(2_500))
    await advance(60_000)
    expect(group.getSnapshot()).toMatchObject({ phase: 'queued', children: { total: 2_500 } })
    expect(gateway.count(many)).toBe(1)
    expect(gateway.count(add)).toBe(5)
  })

  it('whose answer stays away fails the start; retryStart() goes on where it stopped', async () => {
    const { client, gateway, advance, settled } = createFakeClient()
    gateway.lose(({ path, body }) => path === add && body.from === 2_000)
    const group = startMany(client, importFile, items(3_500))
    await advance(30_000)
    expect(group.getSnapshot()).toMatchObject({ phase: 'failed', startError: { code: 'NETWORK' } })
    expect(gateway.count('/jobs/job-1/cancel')).toBe(0)
    gateway.lose(() => false)
    const before = sent(gateway).length
    await group.retryStart()
    await settled()
    expect(sent(gateway).slice(before)).toEqual([
      [add, 1_000, { from: 2_000 }],
      [add, 500, { from: 3_000, close: true }],
    ])
    expect(group.getSnapshot()).toMatchObject({ phase: 'queued', children: { total: 3_500 } })
  })

  it('that is refused cancels the group and fails the start; retryStart() starts another', async () => {
    const { client, gateway, settled } = createFakeClient()
    const details = [{ path: ['items', 3, 'args'], message: 'odd' }]
    const error = { code: 'INVALID_ARGUMENT', message: 'Item 3 is odd', details }
    gateway.intercept(({ path, body }) =>
      path === add && body.from === 2_000
        ? Response.json({ success: false, error }, { status: 400 })
        : undefined,
    )
    const group = startMany(client, importFile, items(2_500))
    await settled()
    expect(group.getSnapshot()).toMatchObject({ phase: 'failed', jobId: '', startError: error })
    await expect(group.result).rejects.toMatchObject({ name: 'StartFailed', cause: error })
    const reason = 'Not all items could be added: Item 3 is odd'
    expect(gateway.run('job-1')).toMatchObject({ status: 'cancelled', error: reason })
    gateway.intercept(() => undefined)
    await group.retryStart()
    await settled()
    const { jobId, children } = group.getSnapshot()
    expect(jobId).not.toBe('job-1')
    expect(children).toMatchObject({ total: 2_500, cancelled: 0 })
  })

  it('after the group has ended stops the rest, and the handle shows that end', async () => {
    const { client, gateway, settled } = createFakeClient()
    gateway.intercept(({ path }) => {
      if (path === add) gateway.update('job-2', { status: 'failed', error: 'no such file' })
      return undefined
    })
    const group = startMany(client, importFile, items(2_500), { onFailure: 'stop' })
    await settled()
    expect(group.getSnapshot()).toMatchObject({
      ...{ phase: 'failed', startError: null, jobId: 'job-1' },
      children: { total: 1_000, failed: 1, cancelled: 999 },
    })
    expect(gateway.count(add)).toBe(1)
  })

  it('is not sent for another user', async () => {
    let user = 'ann'
    const { client, gateway, settled } = createFakeClient({}, { token: () => jwt({ sub: user }) })
    gateway.intercept(({ path }) => {
      if (path !== many) return undefined
      user = 'bob'
      return client.tokenChanged().then(() => undefined)
    })
    const group = startMany(client, importFile, items(1_500))
    await settled()
    expect(group.getSnapshot().startError).toMatchObject({ code: 'FORBIDDEN' })
    expect(gateway.count(add)).toBe(0)
  })
})

it('close() while items are added fails the start', async () => {
  const { client, gateway, settled } = createFakeClient()
  gateway.intercept(({ path }) => (path === add ? new Promise(() => undefined) : undefined))
  const group = startMany(client, importFile, items(1_500))
  await settled()
  client.close()
  await expect(group.result).rejects.toMatchObject({ cause: { code: 'CLOSED' } })
})

it('a lazy start that a reload interrupted goes on as the same group', async () => {
  const fake = createFakeClient()
  const options = { lazy: true, persist: 'import' }
  fake.gateway.intercept(({ path }) => (path === add ? new Promise(() => undefined) : undefined))
  startMany(fake.client, importFile, items(1_500), options).subscribe(() => undefined)
  await fake.settled()
  fake.gateway.intercept(() => undefined)
  const page = fake.reload()
  const group = startMany(page.client, importFile, items(1_500), options)
  group.subscribe(() => undefined)
  await page.settled()
  expect(group.getSnapshot()).toMatchObject({ jobId: 'job-1', children: { total: 1_500 } })
})

it('have each item once, whichever answers are lost', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.boolean(), { maxLength: 8 }), async (losses) => {
      const { client, gateway, advance } = createFakeClient()
      const left = [...losses]
      gateway.lose(({ path }) => (path === many || path === add) && left.shift() === true)
      const group = startMany(client, importFile, items(3_001))
      await advance(30_000)
      while (group.getSnapshot().startError) {
        await Promise.all([group.retryStart(), advance(30_000)])
      }
      expect(group.getSnapshot()).toMatchObject({ phase: 'queued', children: { total: 3_001 } })
      expect(() => gateway.run('job-3003')).toThrow()
    }),
    { numRuns: 20 },
  )
})
