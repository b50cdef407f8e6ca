import { describe, expect, it, vi } from 'vitest'
import { defineJob, type HeadwayError, type PersistStorage, type UntypedApi } from '../src/index.ts'
import { createFakeClient, type FakeClient, failure } from '../src/testing/index.ts'

const exportUsers = defineJob<{ format: string }, string>('export_users')
const args = { format: 'csv' }
const rpc = '/rpc/export_users'

describe('a start whose answer was lost', () => {
  /** The server does what it is asked, and the first answers never arrive. */
  const loseAnswers = (fake: FakeClient<UntypedApi>, count: number): void => {
    let lost = 0
    const { fetch } = fake.gateway
    fake.gateway.intercept(async (request) => {
      if (request.path !== rpc || lost >= count) return undefined
      lost += 1
      fake.gateway.intercept(() => undefined)
      await fetch(`http://fake/_api${rpc}`, {
        method: 'POST',
        headers: request.headers,
        body: JSON.stringify(request.body),
      })
      loseAnswers(fake, count - lost)
      throw new TypeError('connection reset')
    })
  }

  it('is sent again under its key, and there is one job', async () => {
    const fake = createFakeClient()
    fake.client.attach(exportUsers, fake.gateway.createJob().job_id).subscribe(() => undefined)
    await fake.settled()
    loseAnswers(fake, 2)
    const job = fake.client.start(exportUsers, args)
    await fake.advance(10)
    expect(job.getSnapshot()).toMatchObject({ jobId: 'job-2', phase: 'queued' })
    const keys = fake.gateway.requests
      .filter(({ path }) => path === rpc)
      .map(({ headers }) => headers.get('x-idempotency-key'))
    expect(new Set(keys).size).toBe(1)
    expect(() => fake.gateway.run('job-3')).toThrow()
  })

  it('is not sent again where the server does not know such keys', async () => {
    const fake = createFakeClient({ capabilities: ['revisions', 'get'] })
    fake.client.attach(exportUsers, fake.gateway.createJob().job_id).subscribe(() => undefined)
    await fake.settled()
    loseAnswers(fake, 1)
    const job = fake.client.start(exportUsers, args)
    await fake.advance(60_000)
    expect(job.getSnapshot()).toMatchObject({ phase: 'failed', startError: { code: 'NETWORK' } })
  })

  it('is given up after some attempts, and retryStart() goes on under the same key', async () => {
    const fake = createFakeClient()
    fake.client.attach(exportUsers, fake.gateway.createJob().job_id).subscribe(() => undefined)
    await fake.settled()
    fake.gateway.intercept(({ path }) =>
      path === rpc ? new Response('Bad gateway', { status: 502 }) : undefined,
    )
    const job = fake.client.start(exportUsers, args)
    await fake.advance(600_000)
    expect(job.getSnapshot()).toMatchObject({ phase: 'failed', startError: { code: 'HTTP_502' } })
    expect(fake.gateway.count(rpc)).toBe(5)

    fake.gateway.intercept(() => undefined)
    await Promise.all([job.retryStart(), job.retryStart()])
    await fake.settled()
    expect(job.getSnapshot()).toMatchObject({ phase: 'queued', startError: null, jobId: 'job-2' })
    expect(fake.gateway.count(rpc)).toBe(6)
    const keys = fake.gateway.requests.map(({ headers }) => headers.get('x-idempotency-key'))
    expect(new Set(keys.filter((key) => key !== null)).size).toBe(1)
  })
})

it('retryStart() does nothing while there is a job, and after success result is a new promise', async () => {
  const fake = createFakeClient()
  fake.gateway.intercept(({ path }) =>
    path === rpc ? failure(400, 'INVALID_ARGUMENT', 'format?') : undefined,
  )
  const onFail = vi.fn()
  const job = fake.client.start(exportUsers, args, { onFail })
  await expect(job.result).rejects.toMatchObject({ name: 'StartFailed' })
  expect(onFail).not.toHaveBeenCalled()
  fake.gateway.intercept(() => undefined)
  await job.retryStart()
  await job.retryStart()
  expect(fake.gateway.count(rpc)).toBe(2)
  await fake.last('export_users').complete('/users.csv')
  expect(await job.result).toBe('/users.csv')
})

it('retry() runs a failed job again under its id, and follows it again', async () => {
  const fake = createFakeClient()
  const ends: (string | undefined)[] = []
  const job = fake.client.start(exportUsers, args, {
    onDone: (output) => ends.push(output),
    onFail: ({ name }) => ends.push(name),
  })
  await fake.last('export_users').fail('disk full')
  await expect(job.result).rejects.toThrow('disk full')
  expect(fake.gateway.registrations()).toEqual([])
  await job.retry()
  await fake.settled()
  expect(job.getSnapshot()).toMatchObject({ jobId: 'job-1', phase: 'queued', error: null })
  await fake.last('export_users').complete('/users.csv')
  expect(await job.result).toBe('/users.csv')
  expect(ends).toEqual(['JobFailed', '/users.csv'])
})

it('retry() of a job that nobody watches asks the server all the same', async () => {
  const fake = createFakeClient()
  const { job_id } = fake.gateway.createJob({ status: 'failed', error: 'disk full' })
  await fake.client.attach(exportUsers, job_id).retry()
  expect(fake.gateway.run(job_id).status).toBe('pending')
})

it('tells how a job ended once, whatever comes after', async () => {
  const fake = createFakeClient()
  const fails: HeadwayError[] = []
  const onDone = vi.fn()
  fake.client.start(exportUsers, args, { onDone, onFail: (error) => fails.push(error) })
  await fake
    .last('export_users')
    .running()
    .cancelled('changed my mind')
    .dropConnection()
    .reconnect()
  expect(fails).toMatchObject([{ name: 'JobCancelled', message: 'changed my mind' }])
  expect(onDone).not.toHaveBeenCalled()
})

describe('persist', () => {
  const createStorage = (): PersistStorage & { size(): number } => {
    const items = new Map<string, string>()
    return {
      getItem: (key) => items.get(key) ?? null,
      setItem: (key, value) => void items.set(key, value),
      removeItem: (key) => void items.delete(key),
      size: () => items.size,
    }
  }

  it('finds a job again after a reload, for the same user alone, and forgets it at its end', async () => {
    const storage = createStorage()
    let user = 'alice'
    const page = createFakeClient({}, { storage, user: () => user })
    page.client.start(exportUsers, args, { persist: 'export' })
    await page.last('export_users').progress(40)
    page.client.close()

    const { fetch } = page.gateway
    const reloaded = createFakeClient({}, { storage, user: () => user, fetch })
    const job = reloaded.client.attach(exportUsers, undefined, { persist: 'export' })
    job.subscribe(() => undefined)
    await reloaded.settled()
    expect(job.getSnapshot()).toMatchObject({ jobId: 'job-1', progress: 40 })
    user = 'bob'
    const other = reloaded.client.attach(exportUsers, undefined, { persist: 'export' })
    expect(other.getSnapshot().phase).toBe('idle')
    user = 'alice'
    page.gateway.update('job-1', { status: 'completed', output: 'done' })
    await reloaded.settled()
    expect(job.getSnapshot().phase).toBe('succeeded')
    expect(storage.size()).toBe(0)
  })

  it('is of the user who made the start, whoever is signed in when it ends', async () => {
    const storage = createStorage()
    let user = 'alice'
    const onDone = vi.fn()
    const page = createFakeClient({}, { storage, user: () => user })
    page.client.start(exportUsers, args, { persist: 'export', onDone })
    await page.settled()
    user = 'bob'
    await page.last('export_users').complete('done')
    expect(onDone).toHaveBeenCalledTimes(1)
    expect(storage.size()).toBe(0)
    user = 'alice'
    const again = page.reload().client.attach(exportUsers, undefined, { persist: 'export', onDone })
    again.subscribe(() => undefined)
    expect(again.getSnapshot().phase).toBe('idle')
    expect(onDone).toHaveBeenCalledTimes(1)
  })

  it('the user changes before there is an id: it is kept for the one who started', async () => {
    const storage = createStorage()
    let user = 'alice'
    const page = createFakeClient({}, { storage, user: () => user })
    page.client.start(exportUsers, args, { persist: 'export' })
    user = 'bob'
    await page.settled()
    const attach = () => page.client.attach(exportUsers, undefined, { persist: 'export' })
    expect(attach().getSnapshot().phase).toBe('idle')
    user = 'alice'
    expect(attach().getSnapshot()).toMatchObject({ jobId: 'job-1' })
  })

  it('forgets a job that the server refuses: shown once, idle after the next reload', async () => {
    const storage = createStorage()
    const page = createFakeClient({}, { storage })
    page.client.start(exportUsers, args, { persist: 'export' })
    await page.settled()
    const { client, gateway, settled, reload } = page.reload()
    gateway.intercept(({ path }) =>
      path.startsWith('/subscribe') ? failure(403, 'FORBIDDEN', 'not yours') : undefined,
    )
    const job = client.attach(exportUsers, undefined, { persist: 'export' })
    await expect(job.result).rejects.toMatchObject({ name: 'JobRefused', code: 'FORBIDDEN' })
    await settled()
    expect(job.getSnapshot()).toMatchObject({ isActive: false, sync: { status: 'refused' } })
    expect(storage.size()).toBe(0)
    const again = reload().client.attach(exportUsers, undefined, { persist: 'export' })
    expect(again.getSnapshot().phase).toBe('idle')
  })

  it('a start that was refused leaves nothing behind; of one that was lost its key stays', async () => {
    const storage = createStorage()
    const page = createFakeClient({}, { storage, random: () => 0.5 })
    page.gateway.intercept(() => failure(400, 'INVALID_ARGUMENT', 'format?'))
    page.client.start(exportUsers, args, { persist: 'export' })
    await page.settled()
    expect(storage.size()).toBe(0)
    page.gateway.intercept(() => undefined)
    page.gateway.goOffline()
    page.client.start(exportUsers, args, { persist: 'export' })
    await page.advance(60_000)
    expect(storage.size()).toBe(1)
    page.gateway.goOnline()
    const { client, settled, gateway } = page.reload()
    const other = { format: 'json' }
    client.start(exportUsers, other, { persist: 'export', lazy: true }).subscribe(() => undefined)
    await settled()
    const keys = gateway.requests
      .map(({ headers }) => headers.get('x-idempotency-key'))
      .filter((key) => key !== null)
    // Other arguments are another intent.
    expect(new Set(keys).size).toBe(3)
  })

  it('keeps nothing where storage is refused, and nothing else goes wrong', async () => {
    const refuse = (): never => {
      throw new DOMException('denied', 'SecurityError')
    }
    const storage = { getItem: refuse, setItem: refuse, removeItem: refuse }
    const fake = createFakeClient({}, { storage })
    const job = fake.client.start(exportUsers, args, { persist: 'export' })
    await fake.last('export_users').complete('done')
    expect(await job.result).toBe('done')
  })
})

it('close() ends a start that is under way: nobody knows what became of it', async () => {
  const fake = createFakeClient()
  fake.gateway.intercept(() => new Promise(() => undefined))
  const job = fake.client.start(exportUsers, args)
  await fake.settled()
  fake.client.close()
  await expect(job.result).rejects.toMatchObject({ cause: { code: 'CLOSED' } })
})
