import { randomUUID } from 'node:crypto'
import { isRecord } from '@headway/core/protocol'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, type TestContext } from 'vitest'
import type { ServerUnderTest } from './server-under-test.ts'
import { cancel, get, post, read, start, subscribe } from './wire-api.ts'
import { openStream, type Stream } from './wire-stream.ts'

/** The statements of PROTOCOL.md, each with the heading it stands under. */
export function describeWire(startServer: () => Promise<ServerUnderTest>): void {
  let server: ServerUnderTest
  let stream: Stream
  const streams: Stream[] = []

  const open = async (): Promise<Stream> => {
    const opened = await openStream(server.url)
    streams.push(opened)
    return opened
  }
  const begin = (): Promise<string> => start(server.url, 'scripted')
  /** Skips a test of what the server does not offer, and says so. */
  const needs = (capability: string, context: TestContext): void => {
    if (stream.connected.capabilities?.includes(capability)) return
    console.info(`Skipped, since this server does not offer ${capability}: ${context.task.name}`)
    context.skip(`this server does not offer ${capability}`)
  }
  const registration = (id: string, jobId = id) => ({ ...stream.session, id, job_id: jobId })
  const refusal = async (path: string, body: unknown): Promise<[number, unknown]> => {
    const answer = await post(server.url, path, body)
    const error = isRecord(answer.body) && isRecord(answer.body.error) ? answer.body.error : {}
    expect(typeof error.message).toBe('string')
    return [answer.status, error.code]
  }

  beforeAll(async () => {
    server = await startServer()
  })
  afterAll(() => server?.stop())
  beforeEach(async () => {
    stream = await open()
  })
  afterEach(() => {
    for (const opened of streams.splice(0)) opened.close()
  })

  it('Events: `connected` is the first, with a session, a secret and capabilities', () => {
    const { session_id, session_secret, capabilities } = stream.connected
    expect([session_id, session_secret].every((text) => text.length >= 16)).toBe(true)
    expect(Array.isArray(capabilities)).toBe(true)
  })

  it('Snapshots: the answer of a registration has every member', async () => {
    const jobId = await begin()
    const answer = await post(server.url, '/subscribe-job', registration(jobId))
    expect(answer.body).toMatchObject({
      success: true,
      data: { job_id: jobId, message: null, output: null, error: null },
    })
    const data = isRecord(answer.body) && isRecord(answer.body.data) ? answer.body.data : {}
    expect(typeof data.status).toBe('string')
    expect(data.progress).toBe(0)
    expect(Number.isInteger(data.revision)).toBe(
      stream.connected.capabilities?.includes('revisions'),
    )
  })

  it('Registrations 1: a change is pushed under the id that the client chose, with its prefix', async () => {
    const jobId = await begin()
    await post(server.url, '/subscribe-job', registration('mine', jobId))
    await server.progress(jobId, 40, 'half')
    await stream.until(({ progress }) => progress === 40)
    expect(stream.targets).toContain('job:mine')
    expect(stream.targets).not.toContain(`job:${jobId}`)
  })

  it('Registrations 2: the same id again replaces the registration: one push, not two', async () => {
    const jobId = await begin()
    await subscribe(server.url, stream, jobId)
    await subscribe(server.url, stream, jobId)
    await server.progress(jobId, 40, 'half')
    await server.complete(jobId, { rows: 3 })
    await stream.until(({ status }) => status === 'completed')
    const ends = stream.pushed.filter(({ status }) => status === 'completed')
    expect(ends).toMatchObject([{ output: { rows: 3 } }])
  })

  it('Registrations 3: what is pushed came after the answer, and nothing in between is lost', async () => {
    const jobId = await begin()
    const moving = (async () => {
      for (let percent = 1; percent <= 20; percent += 1) {
        await server.progress(jobId, percent, `row ${percent}`)
      }
    })()
    const answer = await subscribe(server.url, stream, jobId)
    await moving
    await server.complete(jobId, null)
    await stream.until(({ status }) => status === 'completed')
    for (const { progress, revision } of stream.pushed) {
      expect(progress ?? 0).toBeGreaterThanOrEqual(answer.progress ?? 0)
      if (revision !== undefined) expect(revision).toBeGreaterThan(answer.revision ?? 0)
    }
  })

  it('Registrations 4: revisions of one target only grow, and the end is always pushed', async () => {
    const jobId = await begin()
    await subscribe(server.url, stream, jobId)
    for (let percent = 1; percent <= 30; percent += 1) {
      await server.progress(jobId, percent, `row ${percent}`)
    }
    await server.complete(jobId, null)
    await stream.until(({ status }) => status === 'completed')
    const revisions = stream.pushed.map(({ revision }) => revision ?? 0)
    expect(revisions).toEqual([...new Set(revisions)].sort((a, b) => a - b))
    expect(await read(server.url, jobId)).toEqual(stream.pushed.at(-1))
  })

  it('Registrations 5: a push is the state as it is, and the last one is how it ended', async () => {
    const jobId = await begin()
    await subscribe(server.url, stream, jobId)
    await server.progress(jobId, 40, 'half')
    const pushed = await stream.until(({ progress }) => progress === 40)
    expect(pushed).toMatchObject({ job_id: jobId, message: 'half', output: null, error: null })
    await server.complete(jobId, { rows: 3 })
    await stream.until(({ status }) => status === 'completed')
    expect(stream.pushed.at(-1)).toEqual(await read(server.url, jobId))
  })

  it('Registrations 6: they end with their session', async () => {
    const jobId = await begin()
    const body = registration(jobId)
    stream.close()
    await expect.poll(() => refusal('/subscribe-job', body)).toEqual([404, 'SESSION_NOT_FOUND'])
  })

  it('Registrations 7: a registration that is refused is refused by itself: others on the session go on', async () => {
    const jobId = await begin()
    await subscribe(server.url, stream, jobId)
    expect(await refusal('/subscribe-job', registration(randomUUID()))).toEqual([
      404,
      'JOB_NOT_FOUND',
    ])
    await server.progress(jobId, 40, 'half')
    await stream.until(({ progress }) => progress === 40)
  })

  it('a job that ended can still be registered, and is as it ended', async () => {
    const jobId = await begin()
    await server.fail(jobId, 'disk full')
    expect(await subscribe(server.url, stream, jobId)).toMatchObject({
      status: 'failed',
      error: 'disk full',
    })
  })

  it('two streams hear of the same job, each under its own session', async () => {
    const other = await open()
    const jobId = await begin()
    await Promise.all([stream, other].map((own) => subscribe(server.url, own, jobId)))
    await server.progress(jobId, 40, 'half')
    await Promise.all([stream, other].map((own) => own.until(({ progress }) => progress === 40)))
  })

  it('Envelopes: each refusal has its code and status', async () => {
    const jobId = await begin()
    const nobody = { session_id: randomUUID(), session_secret: 'x' }
    expect(await refusal('/rpc/no_such_function', { args: null })).toEqual([404, 'NOT_FOUND'])
    expect(await refusal('/nowhere', {})).toEqual([404, 'NOT_FOUND'])
    expect(await refusal('/subscribe-job', { ...registration(jobId), ...nobody })).toEqual([
      404,
      'SESSION_NOT_FOUND',
    ])
    expect(
      await refusal('/subscribe-job', { ...registration(jobId), session_secret: 'wrong' }),
    ).toEqual([401, 'INVALID_SESSION_SECRET'])
    expect(await refusal('/subscribe-job', registration(randomUUID()))).toEqual([
      404,
      'JOB_NOT_FOUND',
    ])
    const { status, body } = await get(server.url, `/jobs/${randomUUID()}`)
    expect([status, body]).toMatchObject([404, { error: { code: 'JOB_NOT_FOUND' } }])
  })

  it('Capabilities, unsubscribe: nothing more is pushed, and twice is an error', async () => {
    const [jobId, other] = [await begin(), await begin()]
    await subscribe(server.url, stream, jobId)
    await subscribe(server.url, stream, other)
    const body = { ...stream.session, id: jobId, kind: 'job' }
    expect(await post(server.url, '/unsubscribe', body)).toMatchObject({ status: 200 })
    await server.complete(jobId, null)
    await server.complete(other, null)
    await stream.until(({ job_id, status }) => job_id === other && status === 'completed')
    // What was on its way when it was asked is no matter: the end came later.
    const ends = stream.pushed.filter(({ status }) => status === 'completed')
    expect(ends.map(({ job_id }) => job_id)).toEqual([other])
    expect(await refusal('/unsubscribe', body)).toEqual([404, 'SUBSCRIPTION_NOT_FOUND'])
  })

  it('Capabilities, cancel: the job ends as cancelled, with the reason', async () => {
    const jobId = await begin()
    await subscribe(server.url, stream, jobId)
    await server.progress(jobId, 40, 'half')
    await cancel(server.url, jobId, 'changed my mind')
    const end = await stream.until(({ status }) => status === 'cancelled')
    expect(end.error).toBe('changed my mind')
  })

  it('Capabilities, subscribe-batch: each item has its own answer', async (context) => {
    needs('subscribe-batch', context)
    const [jobId, missing] = [await begin(), randomUUID()]
    const items = [jobId, missing].map((id) => ({ kind: 'job', id, job_id: id }))
    const { body } = await post(server.url, '/subscribe-batch', { ...stream.session, items })
    expect(body).toMatchObject({
      data: [
        { id: jobId, success: true, data: { job_id: jobId } },
        { id: missing, success: false, error: { code: 'JOB_NOT_FOUND' } },
      ],
    })
  })

  it('Capabilities, retry: a failed job begins anew under its id', async (context) => {
    needs('retry', context)
    const jobId = await begin()
    await server.fail(jobId, 'disk full')
    const { body } = await post(server.url, `/jobs/${jobId}/retry`, {})
    expect(body).toMatchObject({ data: { job_id: jobId, error: null } })
  })

  it('Capabilities, idempotent-start: the same key is the same job', async (context) => {
    needs('idempotent-start', context)
    const key = randomUUID()
    const send = async (idempotencyKey: string): Promise<unknown> => {
      const response = await fetch(`${server.url}/_api/rpc/scripted`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-idempotency-key': idempotencyKey },
        body: JSON.stringify({ args: null }),
      })
      const body: unknown = await response.json()
      return isRecord(body) && isRecord(body.data) ? body.data.job_id : body
    }
    const [first, again, other] = [await send(key), await send(key), await send(randomUUID())]
    expect(again).toBe(first)
    expect(other).not.toBe(first)
  })
}
