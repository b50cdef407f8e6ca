import { describe, expect, it } from 'vitest'
import { defineJob } from '../src/index.ts'
import { createFakeClient, failure } from '../src/testing/index.ts'
import { catchUncaught } from './support/uncaught.ts'

/* Listeners that change the client while it calls them, and dice that throw. */

const exportUsers = defineJob<null, string>('export_users')

/** Three running jobs that a page shows. */
async function showThree() {
  const fake = createFakeClient()
  const jobs = [1, 2, 3].map(() =>
    fake.client.attach(exportUsers, fake.gateway.createJob({ status: 'running' }).job_id),
  )
  const [first] = jobs
  /** Calls `act` once, from a listener of the first job, when its sync is this. */
  const actOn = (status: string, reason: string | null, act: () => void): void => {
    let isOver = false
    first?.subscribe(() => {
      const { sync } = first.getSnapshot()
      if (isOver || sync.status !== status || sync.reason !== reason) return
      isOver = true
      act()
    })
  }
  for (const job of jobs) job.subscribe(() => undefined)
  await fake.advance(1_000)
  const syncs = (): string[] =>
    jobs.map((job) => `${job.getSnapshot().sync.status} ${job.getSnapshot().sync.reason}`)
  return { ...fake, actOn, syncs }
}

describe('a listener that ends the session', () => {
  it.each([
    ['close', 'stale closed'],
    ['pause', 'stale paused'],
  ] as const)('by %s() while a new one starts: all jobs say so', async (verb, expected) => {
    const { client, gateway, advance, actOn, syncs } = await showThree()
    actOn('catching-up', null, () => client[verb]())
    gateway.drop()
    await advance(30_000)
    expect(syncs()).toEqual([expected, expected, expected])
  })

  it('by close() while the server becomes stale: all jobs are closed', async () => {
    const { client, gateway, advance, actOn, syncs } = await showThree()
    actOn('stale', 'database', () => client.close())
    gateway.goStale()
    await advance(0)
    expect(syncs()).toEqual(Array(3).fill('stale closed'))
  })
})

it('rejects a `result` that a listener reads during retry() after unsubscribe()', async () => {
  const { client, gateway, settled } = createFakeClient()
  const job = client.start(exportUsers, null)
  await settled()
  gateway.update(gateway.last('export_users'), { status: 'failed', error: 'disk' })
  await settled()
  await expect(job.result).rejects.toThrow('disk')
  let next: Promise<string> | undefined
  job.subscribe(() => {
    if (!job.getSnapshot().isDone) next ??= job.result
  })
  await job.retry()
  await settled()
  expect(job.result).toBe(next)
  job.unsubscribe()
  await expect(next).rejects.toMatchObject({ name: 'JobUnwatched' })
})

it('reads a target again that a Forge refused once as UNAUTHORIZED', async () => {
  const { client, gateway, advance } = createFakeClient({ capabilities: [], pingSecs: null })
  gateway.intercept(({ path }) =>
    path.startsWith('/subscribe') ? failure(401, 'UNAUTHORIZED', 'expired') : undefined,
  )
  const job = client.attach(exportUsers, gateway.createJob().job_id)
  job.subscribe(() => undefined)
  await advance(10)
  gateway.intercept(() => undefined)
  await advance(30_000)
  // A POST, which a Forge does not know, and one stream.
  expect(gateway.count('/events')).toBe(2)
  expect(job.getSnapshot().sync.status).toBe('live')
})

it('tries registrations again after dice that threw once', async () => {
  const uncaught = catchUncaught()
  let thrown = 0
  const random = (): number => {
    if (thrown > 0 || !/retries\.ts/.test(new Error().stack ?? '')) return 0.5
    thrown += 1
    throw new Error('dice')
  }
  const { client, gateway, advance } = createFakeClient(
    { capabilities: ['revisions', 'get'] },
    { random },
  )
  let isBusy = true
  gateway.intercept(({ path }) =>
    isBusy && path.startsWith('/subscribe') ? failure(503, 'BUSY', 'later') : undefined,
  )
  client.attach(exportUsers, gateway.createJob().job_id).subscribe(() => undefined)
  await advance(10)
  const second = client.attach(exportUsers, gateway.createJob().job_id)
  second.subscribe(() => undefined)
  await advance(10)
  isBusy = false
  await advance(20_000)
  expect(second.getSnapshot().sync.status).toBe('live')
  expect(await uncaught()).toHaveLength(1)
})

it('keeps the stream open after an error in the handling of a frame, and reports it', async () => {
  const uncaught = catchUncaught()
  let isThrowing = false
  const random = (): number => {
    if (isThrowing) throw new Error('dice')
    return 0.5
  }
  const { client, gateway, advance } = createFakeClient({}, { random })
  const { job_id } = gateway.createJob({ status: 'running' })
  const job = client.attach(exportUsers, job_id)
  job.subscribe(() => undefined)
  await advance(1_000)
  const trouble = { target: `job:${job_id}`, code: 'READ_FAILED', message: 'no' }
  gateway.send({ type: 'error', ...trouble })
  await advance(1_000)
  isThrowing = true
  gateway.send({ type: 'error', ...trouble })
  await advance(0)
  isThrowing = false
  expect(client.connection.getSnapshot().status).toBe('open')
  expect(await uncaught()).toHaveLength(1)
})
