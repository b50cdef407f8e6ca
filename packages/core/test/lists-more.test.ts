import { expect, it } from 'vitest'
import { type RunsFilter, watchRuns } from '../src/index.ts'
import { createFakeClient } from '../src/testing/index.ts'

/** A watched list of a server with `count` jobs. */
async function openList(count: number, filter: RunsFilter) {
  const fake = createFakeClient()
  for (let at = 0; at < count; at += 1) fake.gateway.createJob()
  const list = watchRuns(fake.client, filter)
  const leave = list.subscribe(() => undefined)
  await fake.settled()
  return { ...fake, list, leave, count: () => list.getSnapshot().runs.length }
}

it('shows one more page of older runs, and keeps the rows it has', async () => {
  const { list, count, settled } = await openList(5, { limit: 2 })
  const [first] = list.getSnapshot().runs
  expect(list.getSnapshot()).toMatchObject({ hasMore: true, loadingMore: false })
  list.loadMore()
  await Promise.resolve()
  expect(list.getSnapshot()).toMatchObject({ loading: false, loadingMore: true, hasMore: true })
  expect(count()).toBe(2)
  await settled()
  expect(count()).toBe(4)
  expect(list.getSnapshot().runs[0]).toBe(first)
  list.loadMore()
  await settled()
  expect(list.getSnapshot()).toMatchObject({ hasMore: false, loadingMore: false })
  expect(count()).toBe(5)
})

it('two calls ask for one page', async () => {
  const { list, count, settled } = await openList(9, { limit: 2 })
  list.loadMore()
  list.loadMore()
  await settled()
  expect(count()).toBe(4)
})

it('shows 200 runs at most', async () => {
  const { list, count, settled } = await openList(250, { limit: 150 })
  expect(list.getSnapshot().hasMore).toBe(true)
  list.loadMore()
  await settled()
  await settled()
  expect(count()).toBe(200)
  expect(list.getSnapshot().hasMore).toBe(false)
})

it('leaves the shorter query once the longer one is answered', async () => {
  const { list, gateway, settled, advance } = await openList(5, { limit: 1 })
  list.loadMore()
  await settled()
  await advance(2_000)
  expect(gateway.registrations().filter((target) => target.startsWith('sub:'))).toEqual(['sub:q2'])
})

it('without subscribers it registers nothing; the next one sees what is known', async () => {
  const { list, leave, gateway, settled, advance } = await openList(2, {})
  leave()
  expect(list.getSnapshot()).toMatchObject({ loading: false, sync: { status: 'live' } })
  await advance(2_000)
  expect(gateway.registrations()).toEqual([])
  expect(list.getSnapshot()).toMatchObject({
    sync: { status: 'stale', reason: 'unwatched' },
    runs: [{ id: 'job-2', view: { sync: { reason: 'unwatched' } } }, { id: 'job-1' }],
  })
  gateway.forget('job-2')
  list.subscribe(() => undefined)
  await settled()
  expect(list.getSnapshot()).toMatchObject({ sync: { status: 'live' }, runs: [{ id: 'job-1' }] })
})

it('a subscriber that leaves and comes back at once sees what changes', async () => {
  const { client, gateway, settled } = createFakeClient()
  gateway.createJob({ status: 'running', progress: 10 })
  watchRuns(client).subscribe(() => undefined)
  await settled()
  // As in the strict mode of React, beside another list of the same runs.
  const list = watchRuns(client)
  list.subscribe(() => undefined)()
  list.subscribe(() => undefined)
  gateway.update('job-1', { progress: 40 })
  await settled()
  expect(list.getSnapshot().runs).toMatchObject([{ view: { progress: 40 } }])
})

it('unsubscribe() stops it, and a later subscriber watches again', async () => {
  const { list, gateway, settled, advance } = await openList(1, {})
  list.unsubscribe()
  await advance(2_000)
  expect(gateway.registrations()).toEqual([])
  expect(list.getSnapshot().sync).toMatchObject({ status: 'stale', reason: 'unwatched' })
  list.subscribe(() => undefined)
  await settled()
  expect(list.getSnapshot().sync.status).toBe('live')
})

it('ready() resolves once the list has the states of its runs, and another handle has them', async () => {
  const fake = createFakeClient()
  fake.gateway.createJob()
  const list = watchRuns(fake.client)
  await list.ready()
  expect(list.getSnapshot()).toMatchObject({ loading: false, runs: [{ id: 'job-1' }] })
  expect(watchRuns(fake.client).getSnapshot()).toMatchObject({ runs: [{ id: 'job-1' }] })
})
