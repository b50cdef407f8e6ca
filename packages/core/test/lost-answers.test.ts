import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createRuns } from '../src/adapter/runs.ts'
import { createSlot } from '../src/adapter/slot.ts'
import { type Client, defineJob, type UntypedApi } from '../src/index.ts'
import { createFakeClient, type FakeClient } from '../src/testing/index.ts'

/* Exactly one start per intent, the first of a page included, whatever answers are lost. */

const exportUsers = defineJob<{ format: string }, string>('export_users')
const args = { format: 'csv' }
const rpc = '/rpc/export_users'

/** How many jobs the server was made to start. */
const started = ({ gateway }: FakeClient<UntypedApi>): number =>
  new Set(
    gateway.requests
      .filter(({ path }) => path === rpc)
      .map(({ headers }) => headers.get('x-idempotency-key')),
  ).size

it('the first start of a page, its answer lost: asked what it can, the server says so, and there is one job', async () => {
  const fake = createFakeClient()
  let lost = 0
  fake.gateway.lose(({ path }) => path === rpc && lost++ === 0)
  const job = fake.client.start(exportUsers, args)
  await fake.advance(10)
  expect(job.getSnapshot()).toMatchObject({ jobId: 'job-1', phase: 'queued', startError: null })
  expect(fake.gateway.requests.slice(0, 3).map(({ path }) => path)).toEqual([rpc, '/health', rpc])
  expect(() => fake.gateway.run('job-2')).toThrow()
})

it('a server that says nothing of itself is not sent the start again', async () => {
  const fake = createFakeClient({ capabilities: [] })
  fake.gateway.lose(({ path }) => path === rpc)
  const job = fake.client.start(exportUsers, args)
  await fake.advance(60_000)
  expect(job.getSnapshot()).toMatchObject({ phase: 'failed', startError: { code: 'NETWORK' } })
  expect(fake.gateway.count(rpc)).toBe(1)
})

it('whichever answers are lost, one job is started and shown', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(fc.nat(12), { maxLength: 4 }), async (losses) => {
      const fake = createFakeClient({}, { random: () => 0.5 })
      let asked = 0
      fake.gateway.lose(() => losses.includes(asked++))
      const job = fake.client.start(exportUsers, args)
      job.subscribe(() => undefined)
      for (let round = 0; round < 6; round += 1) {
        await fake.advance(10_000)
        fake.gateway.ping()
      }
      expect(started(fake)).toBe(1)
      expect(job.getSnapshot()).toMatchObject({ jobId: 'job-1', sync: { status: 'live' } })
      expect(() => fake.gateway.run('job-2')).toThrow()
      fake.client.close()
    }),
    { numRuns: Number(process.env.HEADWAY_RUNS ?? 100) },
  )
})

it('a screen that is clicked again while nobody knows goes on with the same start', async () => {
  const fake = createFakeClient()
  const screen = showRun(fake.client)
  fake.gateway.goOffline()
  screen.start(args)
  await fake.advance(60_000)
  expect(screen.view()).toMatchObject({ phase: 'failed', startError: { code: 'NETWORK' } })
  fake.gateway.goOnline()
  screen.start(args)
  await fake.advance(1_000)
  expect(screen.view()).toMatchObject({ phase: 'queued', startError: null })
  expect(started(fake)).toBe(1)

  // Other arguments are another intent; so is a start whose refusal is known.
  screen.start({ format: 'json' })
  await fake.settled()
  expect(started(fake)).toBe(2)
})

/** What a component of any framework is made of. */
function showRun(client: Client) {
  const runs = createRuns(client, 'job', exportUsers, {})
  const slot = createSlot(runs, undefined, undefined)
  const { start } = runs.actions(() => slot.get(undefined), slot.set)
  return {
    start,
    view: () => slot.get(undefined).getSnapshot(),
  }
}
