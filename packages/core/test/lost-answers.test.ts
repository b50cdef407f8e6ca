import fc from 'fast-check'
import { expect, it } from 'vitest'
import { defineJob } from '../src/index.ts'
import { createFakeClient, failure } from '../src/testing/index.ts'
import { intents } from './support/requests.ts'
import { showJob } from './support/screen.ts'

/* Exactly one start per intent, the first of a page included, whatever answers are lost. */

const exportUsers = defineJob<{ format: string }, string>('export_users')
const args = { format: 'csv' }
const rpc = '/rpc/export_users'

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

it.each([
  [503, 'OUTCOME_UNKNOWN', 2],
  [408, 'REQUEST_TIMEOUT', 2],
  [503, 'SERVICE_UNAVAILABLE', 1],
])(
  'a start that is answered %i %s is sent %i times, as one intent',
  async (status, code, times) => {
    const fake = createFakeClient()
    let asked = 0
    fake.gateway.intercept(({ path }) =>
      path === rpc && asked++ === 0 ? failure(status, code, 'no') : undefined,
    )
    const job = fake.client.start(exportUsers, args)
    await fake.advance(60_000)
    expect(asked).toBe(times)
    expect(intents(fake.gateway)).toBe(1)
    expect(job.getSnapshot().phase).toBe(times === 1 ? 'failed' : 'queued')
  },
)

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
      expect(intents(fake.gateway)).toBe(1)
      expect(job.getSnapshot()).toMatchObject({ jobId: 'job-1', sync: { status: 'live' } })
      expect(() => fake.gateway.run('job-2')).toThrow()
      fake.client.close()
    }),
    { numRuns: Number(process.env.HEADWAY_RUNS ?? 100) },
  )
})

it('a second click while nobody knows goes on with the same start', async () => {
  const fake = createFakeClient()
  const screen = showJob(fake.client, exportUsers)
  fake.gateway.goOffline()
  screen.start(args)
  await fake.advance(60_000)
  expect(screen.view()).toMatchObject({ phase: 'failed', startError: { code: 'NETWORK' } })
  fake.gateway.goOnline()
  screen.start(args)
  await fake.advance(1_000)
  expect(screen.view()).toMatchObject({ phase: 'queued', startError: null })
  expect(intents(fake.gateway)).toBe(1)

  // Other arguments are another intent; so is a start whose refusal is known.
  screen.start({ format: 'json' })
  await fake.settled()
  expect(intents(fake.gateway)).toBe(2)
})

it.each([
  ['429', () => failure(429, 'RATE_LIMITED', 'slow down')],
  ['403', () => failure(403, 'FORBIDDEN', 'not now')],
])('a second click after a lost answer and a %s goes on with the same start', async (_, refuse) => {
  const { client, gateway, advance } = createFakeClient({}, { random: () => 0.5 })
  const screen = showJob(client, exportUsers)
  let sent = 0
  gateway.intercept(({ path }) => {
    if (path !== rpc) return undefined
    sent += 1
    return sent === 2 ? refuse() : undefined
  })
  gateway.lose(({ path }) => path === rpc && sent === 1)
  screen.start(args)
  await advance(30_000)
  gateway.lose(() => false)
  screen.start(args)
  await advance(30_000)
  expect(gateway.run('job-1').status).toBe('pending')
  expect(() => gateway.run('job-2')).toThrow()
})

it('a second click after a lost answer and a token() that threw goes on with the same start', async () => {
  let isAway = false
  const token = (): string => {
    if (isAway) throw new Error('away')
    return 'token'
  }
  const { client, gateway, advance } = createFakeClient({}, { random: () => 0.5, token })
  const screen = showJob(client, exportUsers)
  gateway.lose(({ path }) => {
    isAway ||= path === rpc
    return path === rpc
  })
  screen.start(args)
  await advance(30_000)
  isAway = false
  gateway.lose(() => false)
  screen.start(args)
  await advance(30_000)
  expect(gateway.run('job-1').status).toBe('pending')
  expect(() => gateway.run('job-2')).toThrow()
})

it('a start that a captive portal answers by its own page is sent again', async () => {
  const { client, gateway, advance } = createFakeClient({}, { random: () => 0.5 })
  let answers = 0
  gateway.intercept(({ path }) =>
    path === rpc && answers++ === 0 ? new Response('<h1>Sign in to this network</h1>') : undefined,
  )
  const job = client.start(exportUsers, args)
  await advance(60_000)
  expect(job.getSnapshot().phase).toBe('queued')
})
