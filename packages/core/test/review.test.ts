import { describe, expect, it, vi } from 'vitest'
import { createClient, defineJob, type PersistStorage } from '../src/index.ts'
import { createFakeTime } from '../src/testing/fake-time.ts'
import { createFakeClient, createFakeGateway, failure } from '../src/testing/index.ts'

const exportUsers = defineJob<null, string>('export_users')
const importUsers = defineJob<{ file: Blob }, string>('import_users')
const nothing = (): void => undefined

const createStorage = (): PersistStorage & { items: Map<string, string> } => {
  const items = new Map<string, string>()
  return {
    items,
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  }
}

describe('a start that is persisted', () => {
  it('of another file is another start, though files look the same as text', async () => {
    const page = createFakeClient({}, { storage: createStorage(), random: () => 0.5 })
    const options = { persist: 'import', lazy: true }
    page.gateway.goOffline()
    const first = page.client.start(importUsers, { file: new Blob(['a']) }, options)
    first.subscribe(nothing)
    await page.advance(60_000)
    page.gateway.goOnline()
    page.client.start(importUsers, { file: new Blob(['b']) }, options).subscribe(nothing)
    await page.settled()
    const keys = page.gateway.requests.map(({ headers }) => headers.get('x-idempotency-key'))
    expect(new Set(keys.filter((key) => key !== null)).size).toBe(2)
  })

  it('is still known when the client is closed before it is answered', async () => {
    const storage = createStorage()
    const page = createFakeClient({}, { storage })
    const { gateway } = page
    let isFirst = true
    gateway.intercept(async (request) => {
      if (!request.path.startsWith('/rpc') || !isFirst) return undefined
      isFirst = false
      const { path, method, body, headers } = request
      await gateway.fetch(`http://fake/_api${path}`, {
        method,
        headers,
        body: JSON.stringify(body),
      })
      return new Promise(() => undefined)
    })
    page.client.start(exportUsers, null, { persist: 'export' })
    await page.settled()
    const { client, settled } = page.reload()
    await settled()
    const job = client.start(exportUsers, null, { persist: 'export', lazy: true })
    job.subscribe(nothing)
    await settled()
    await settled()
    expect(job.getSnapshot().jobId).toBe('job-1')
  })

  it('stays known while nobody is signed in: a 401 is no refusal of the job', async () => {
    const storage = createStorage()
    const page = createFakeClient({}, { storage })
    page.client.start(exportUsers, null, { persist: 'export' })
    await page.settled()
    const { client, gateway, settled, advance } = page.reload()
    gateway.intercept(({ path }) =>
      path.startsWith('/subscribe') ? failure(401, 'UNAUTHORIZED', 'who?') : undefined,
    )
    const job = client.attach(exportUsers, undefined, { persist: 'export' })
    const ended = vi.fn()
    job.result.then(ended, ended)
    await settled()
    expect(storage.items.size).toBe(1)
    expect(ended).not.toHaveBeenCalled()
    gateway.intercept(() => undefined)
    gateway.drop()
    await advance(1_000)
    gateway.update('job-1', { status: 'completed', output: 'done' })
    await settled()
    expect(ended).toHaveBeenCalledWith('done')
  })
})

describe('behind a proxy that keeps the bytes back', () => {
  const buffered = () =>
    new Response(new ReadableStream(), { headers: { 'content-type': 'text/event-stream' } })

  it.each([
    ['a server without snapshots', () => failure(404, 'NOT_FOUND', 'nothing here')],
    ['the proxy’s own page', () => new Response('<h1>Forbidden</h1>', { status: 403 })],
  ])('%s is no refusal of the job', async (_, answer) => {
    const { client, gateway, advance } = createFakeClient({ capabilities: [] })
    const job = client.attach(exportUsers, gateway.createJob({ status: 'running' }).job_id)
    job.subscribe(nothing)
    gateway.intercept(({ path }) => {
      if (path === '/events') return buffered()
      return path.startsWith('/jobs/') ? answer() : undefined
    })
    await advance(60_000)
    expect(job.getSnapshot().sync).toMatchObject({ status: 'connecting', reason: 'proxy' })
  })

  it('a paused or closed client reads nothing', async () => {
    const { client, gateway, advance } = createFakeClient()
    const { job_id } = gateway.createJob()
    client.attach(exportUsers, job_id).subscribe(nothing)
    gateway.intercept(({ path }) => (path === '/events' ? buffered() : undefined))
    await advance(40_000)
    expect(gateway.count(`/jobs/${job_id}`)).toBeGreaterThan(0)
    client.pause('hidden')
    const asked = gateway.requests.length
    await advance(60_000)
    client.close()
    client.pause('metered')
    await advance(60_000)
    expect(gateway.requests).toHaveLength(asked)
  })
})

it.each(['error', 'gap'] as const)(
  'a target whose %s overtakes each answer is asked for ever more rarely',
  async (type) => {
    const { client, gateway, settled, advance } = createFakeClient({}, { random: () => 0.5 })
    const { job_id } = gateway.createJob()
    client.attach(exportUsers, job_id).subscribe(nothing)
    await settled()
    const target = `job:${job_id}`
    const say = () =>
      gateway.send(type === 'gap' ? { type, target } : { type, target, code: 'E', message: 'no' })
    gateway.intercept(({ path }) => {
      if (path === '/subscribe-batch') say()
      return settled().then(() => undefined)
    })
    say()
    const before = gateway.count('/subscribe-batch')
    await advance(2_000)
    gateway.ping()
    expect(gateway.count('/subscribe-batch') - before).toBeLessThan(8)
  },
)

it('a stream is opened for whoever has signed in since it was refused', async () => {
  const jwt = (sub: string): string =>
    `${btoa('{}')}.${Buffer.from(JSON.stringify({ sub })).toString('base64url')}.s`
  let user = 'alice'
  const token = ({ force }: { force: boolean }): string => {
    if (force) user = 'bob'
    return jwt(user)
  }
  const isAllowed = (bearer: string | null): boolean => bearer === jwt('bob')
  const { client, gateway, settled } = createFakeClient({ isAllowed }, { token })
  const job = client.attach(exportUsers, gateway.createJob().job_id)
  job.subscribe(nothing)
  await settled()
  await settled()
  expect(client.connection.getSnapshot().status).toBe('open')
})

describe('the time of day jumps, and no other clock', () => {
  const follow = () => {
    vi.useFakeTimers()
    const gateway = createFakeGateway()
    const client = createClient({ url: 'http://fake', fetch: gateway.fetch, random: () => 0.5 })
    const { job_id } = gateway.createJob({ status: 'running' })
    const job = client.attach(exportUsers, job_id)
    job.subscribe(nothing)
    return { gateway, client, job, jobId: job_id }
  }

  it('as after a sleep in Chrome: what is shown is read again at once', async () => {
    const { gateway, client, job, jobId } = follow()
    await vi.advanceTimersByTimeAsync(1_000)
    vi.setSystemTime(Date.now() + 8 * 3_600_000)
    gateway.updateSilently(jobId, { status: 'completed', output: 'done' })
    await vi.advanceTimersByTimeAsync(6_000)
    expect(job.getSnapshot()).toMatchObject({ phase: 'succeeded', output: 'done' })
    client.close()
    vi.useRealTimers()
  })

  it('and the server has forgotten the session: there is a new one at once', async () => {
    const { gateway, client } = follow()
    await vi.advanceTimersByTimeAsync(1_000)
    vi.setSystemTime(Date.now() + 8 * 3_600_000)
    let isForgotten = true
    gateway.intercept(({ path }) => {
      if (!path.startsWith('/subscribe') || !isForgotten) return undefined
      isForgotten = false
      return failure(404, 'SESSION_NOT_FOUND', 'no such session')
    })
    await vi.advanceTimersByTimeAsync(6_000)
    expect(gateway.count('/events')).toBe(2)
    client.close()
    vi.useRealTimers()
  })
})

it('a registration waits as long as its server asked, though another one failed meanwhile', async () => {
  const { client, gateway, advance } = createFakeClient({}, { random: () => 0.5 })
  const [first, second] = [gateway.createJob().job_id, gateway.createJob().job_id]
  let asked = 0
  gateway.intercept(({ path, body }) => {
    if (path !== '/subscribe-batch') return undefined
    const isFirst = JSON.stringify(body).includes(first)
    asked += Number(isFirst)
    return failure(429, 'RATE_LIMITED', 'later', { 'retry-after': isFirst ? '60' : '1' })
  })
  client.attach(exportUsers, first).subscribe(nothing)
  await advance(500)
  client.attach(exportUsers, second).subscribe(nothing)
  for (let at = 0; at < 4; at += 1) {
    await advance(10_000)
    gateway.ping()
  }
  expect(asked).toBe(1)
})

it('something that takes no batches is sent none after a while', async () => {
  const { client, gateway, advance } = createFakeClient({}, { random: () => 0.5 })
  gateway.intercept(({ path }) =>
    path === '/subscribe-batch' ? failure(403, 'BLOCKED', 'not like this') : undefined,
  )
  const jobs = Array.from({ length: 300 }, () =>
    client.attach(exportUsers, gateway.createJob().job_id),
  )
  for (const job of jobs) job.subscribe(nothing)
  await advance(10_000)
  for (const job of jobs) expect(job.getSnapshot().sync.status).toBe('live')
  expect(gateway.requests.length).toBeLessThan(300 + 40)
})

it('is kept for a second after it was let go of last', async () => {
  const { client, gateway, settled, advance } = createFakeClient()
  const job = client.attach(exportUsers, gateway.createJob().job_id)
  const leave = job.subscribe(nothing)
  await settled()
  leave()
  await advance(900)
  const leaveAgain = job.subscribe(nothing)
  await advance(50)
  leaveAgain()
  await advance(900)
  expect(gateway.registrations()).toHaveLength(1)
  await advance(100)
  expect(gateway.registrations()).toHaveLength(0)
})

it('result of a job that was let go of, asked for again, is its end', async () => {
  const { client, gateway, settled } = createFakeClient()
  const { job_id } = gateway.createJob({ status: 'running' })
  const job = client.attach(exportUsers, job_id)
  const first = job.result
  await settled()
  job.unsubscribe()
  await expect(first).rejects.toMatchObject({ name: 'JobUnwatched' })
  const second = job.result
  await settled()
  gateway.update(job_id, { status: 'completed', output: 'done' })
  expect(await second).toBe('done')
})

it('dice that throw are reported, and the connection goes on', async () => {
  const gateway = createFakeGateway()
  const time = createFakeTime()
  const thrown: unknown[] = []
  const others = process.listeners('uncaughtException')
  process.removeAllListeners('uncaughtException')
  process.on('uncaughtException', (error) => thrown.push(error))
  let isBroken = true
  const client = createClient({
    url: 'http://fake',
    fetch: gateway.fetch,
    scheduler: time.scheduler,
    random: () => {
      if (isBroken) throw new Error('no dice')
      return 0
    },
  })
  const job = client.attach(exportUsers, gateway.createJob().job_id)
  job.subscribe(nothing)
  await time.advance(0)
  isBroken = false
  client.attach(exportUsers, gateway.createJob().job_id).subscribe(nothing)
  await time.advance(0)
  expect(client.connection.getSnapshot().status).toBe('open')
  process.removeAllListeners('uncaughtException')
  for (const other of others) process.on('uncaughtException', other)
  expect(thrown).toContainEqual(new Error('no dice'))
})
