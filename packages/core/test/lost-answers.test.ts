import fc from 'fast-check'
import { expect, it } from 'vitest'
import { defineJob } from '../src/index.ts'
import { createFakeClient, failure } from '../src/testing/index.ts'
import { intents } from './support/requests.ts'
import { showJob } from './support/screen.ts'

/* One job per start, also if answers are lost, and also for the first request of a page. */

const exportUsers = defineJob<{ format: string }, string>('export_users')
const args = { format: 'csv' }
const rpc = '/rpc/export_users'

it('asks the server for its capabilities if the first answer of a page is lost, and starts one job', async () => {
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
  'a start that is answered %i %s is sent %i times, under one key',
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

it('does not send the start again to a server without capabilities', async () => {
  const fake = createFakeClient({ capabilities: [] })
  fake.gateway.lose(({ path }) => path === rpc)
  const job = fake.client.start(exportUsers, args)
  await fake.advance(60_000)
  expect(job.getSnapshot()).toMatchObject({ phase: 'failed', startError: { code: 'NETWORK' } })
  expect(fake.gateway.count(rpc)).toBe(1)
})

it('starts and shows one job, whichever answers are lost', async () => {
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

it('continues the same start on a second click while its outcome is unknown', async () => {
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

  // Other arguments are another start.
  screen.start({ format: 'json' })
  await fake.settled()
  expect(intents(fake.gateway)).toBe(2)
})

it.each([
  ['429', () => failure(429, 'RATE_LIMITED', 'slow down')],
  ['403', () => failure(403, 'FORBIDDEN', 'not now')],
])('continues the same start on a second click after a lost answer and a %s', async (_, refuse) => {
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

it('continues the same start on a second click after a lost answer and an error of token()', async () => {
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

it('sends a start again that a captive portal has answered', async () => {
  const { client, gateway, advance } = createFakeClient({}, { random: () => 0.5 })
  let answers = 0
  gateway.intercept(({ path }) =>
    path === rpc && answers++ === 0 ? new Response('<h1>Sign in to this network</h1>') : undefined,
  )
  const job = client.start(exportUsers, args)
  await advance(60_000)
  expect(job.getSnapshot().phase).toBe('queued')
})
