import { randomUUID } from 'node:crypto'
import { isRecord } from '@headway/core/protocol'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { cancel, get, post, read, subscribe } from '../wire/api.ts'
import { describeBatches } from './describe-batches.ts'
import { describeCapabilities } from './describe-capabilities.ts'
import { describeEnds } from './describe-ends.ts'
import { describeFreshness } from './describe-freshness.ts'
import { describeGroups } from './describe-groups.ts'
import { describeLists } from './describe-lists.ts'
import { describeRemovals } from './describe-removals.ts'
import { describeStarts } from './describe-starts.ts'
import { describeStreamAnswers } from './describe-stream-answers.ts'
import { describeTimes } from './describe-times.ts'
import type { ServerUnderTest } from './server-under-test.ts'
import { createWire } from './wire-fixture.ts'

/** Tests of the rules of PROTOCOL.md. Each name begins with the heading of its rule. */
export function describeWire(startServer: () => Promise<ServerUnderTest>): void {
  const wire = createWire(startServer)
  const { begin, needs, refusal } = wire
  const registration = (id: string, jobId = id) => ({ ...wire.stream.session, id, job_id: jobId })

  beforeAll(wire.startServer)
  afterAll(wire.stopServer)
  beforeEach(wire.openStream)
  afterEach(wire.closeStreams)

  describeCapabilities(wire)
  describeBatches(wire)
  describeStarts(wire)
  describeEnds(wire)
  describeFreshness(wire)
  describeStreamAnswers(wire)
  describeTimes(wire)
  describeLists(wire)
  describeGroups(wire)
  describeRemovals(wire)

  it('Events: `connected` comes first, with a session, a secret and capabilities', () => {
    const { session_id, session_secret, capabilities } = wire.stream.connected
    expect([session_id, session_secret].every((text) => text.length >= 16)).toBe(true)
    expect(Array.isArray(capabilities)).toBe(true)
  })

  it('Snapshots: the answer of a registration has every member', async () => {
    const jobId = await begin()
    const answer = await post(wire.server.url, '/subscribe-job', registration(jobId))
    expect(answer.body).toMatchObject({
      success: true,
      data: { job_id: jobId, message: null, output: null, error: null },
    })
    const data = isRecord(answer.body) && isRecord(answer.body.data) ? answer.body.data : {}
    expect(typeof data.status).toBe('string')
    expect(data.progress).toBe(0)
    expect(Number.isInteger(data.revision)).toBe(
      wire.stream.connected.capabilities?.includes('revisions'),
    )
  })

  it('Registrations 1: a change is pushed under the client’s id, with the prefix of its kind', async () => {
    const jobId = await begin()
    await post(wire.server.url, '/subscribe-job', registration('mine', jobId))
    await wire.server.progress(jobId, 40, 'half')
    await wire.stream.until(({ progress }) => progress === 40)
    expect(wire.stream.targets).toContain('job:mine')
    expect(wire.stream.targets).not.toContain(`job:${jobId}`)
  })

  it('Registrations 2: a second registration with the same id replaces the first one', async () => {
    const jobId = await begin()
    await subscribe(wire.server.url, wire.stream, jobId)
    await subscribe(wire.server.url, wire.stream, jobId)
    await wire.server.progress(jobId, 40, 'half')
    await wire.server.complete(jobId, { rows: 3 })
    await wire.stream.until(({ status }) => status === 'completed')
    const ends = wire.stream.pushed.filter(({ status }) => status === 'completed')
    expect(ends).toMatchObject([{ output: { rows: 3 } }])
  })

  it('Registrations 3: all changes after the answer are pushed, and no older one', async () => {
    const jobId = await begin()
    const moving = (async () => {
      for (let percent = 1; percent <= 20; percent += 1) {
        await wire.server.progress(jobId, percent, `row ${percent}`)
      }
    })()
    const answer = await subscribe(wire.server.url, wire.stream, jobId)
    await moving
    await wire.server.complete(jobId, null)
    await wire.stream.until(({ status }) => status === 'completed')
    for (const { progress, revision } of wire.stream.pushed) {
      expect(progress ?? 0).toBeGreaterThanOrEqual(answer.progress ?? 0)
      if (revision !== undefined) expect(revision).toBeGreaterThan(answer.revision ?? 0)
    }
  })

  it('Registrations 4: the revisions of a target only grow, and the end is always pushed', async () => {
    const jobId = await begin()
    await subscribe(wire.server.url, wire.stream, jobId)
    for (let percent = 1; percent <= 30; percent += 1) {
      await wire.server.progress(jobId, percent, `row ${percent}`)
    }
    await wire.server.complete(jobId, null)
    await wire.stream.until(({ status }) => status === 'completed')
    const revisions = wire.stream.pushed.map(({ revision }) => revision ?? 0)
    expect(revisions).toEqual([...new Set(revisions)].sort((a, b) => a - b))
    expect(await read(wire.server.url, jobId)).toMatchObject({ ...wire.stream.pushed.at(-1) })
  })

  it('Registrations 5: a push has the whole current state, and the last one has the end', async () => {
    const jobId = await begin()
    await subscribe(wire.server.url, wire.stream, jobId)
    await wire.server.progress(jobId, 40, 'half')
    const pushed = await wire.stream.until(({ progress }) => progress === 40)
    expect(pushed).toMatchObject({ job_id: jobId, message: 'half', output: null, error: null })
    await wire.server.complete(jobId, { rows: 3 })
    await wire.stream.until(({ status }) => status === 'completed')
    expect(await read(wire.server.url, jobId)).toMatchObject({ ...wire.stream.pushed.at(-1) })
  })

  it('Registrations 6: a registration ends with its session', async () => {
    const jobId = await begin()
    const body = registration(jobId)
    wire.stream.close()
    await expect.poll(() => refusal('/subscribe-job', body)).toEqual([404, 'SESSION_NOT_FOUND'])
  })

  it('Registrations 7: a refused registration does not affect the others on the session', async () => {
    const jobId = await begin()
    await subscribe(wire.server.url, wire.stream, jobId)
    expect(await refusal('/subscribe-job', registration(randomUUID()))).toEqual([
      404,
      'JOB_NOT_FOUND',
    ])
    await wire.server.progress(jobId, 40, 'half')
    await wire.stream.until(({ progress }) => progress === 40)
  })

  it('an ended job can still be registered, and the answer has its end', async () => {
    const jobId = await begin()
    await wire.server.fail(jobId, 'disk full')
    expect(await subscribe(wire.server.url, wire.stream, jobId)).toMatchObject({
      status: 'failed',
      error: 'disk full',
    })
  })

  it('two streams get the updates of the same job', async () => {
    const other = await wire.open()
    const jobId = await begin()
    await Promise.all([wire.stream, other].map((own) => subscribe(wire.server.url, own, jobId)))
    await wire.server.progress(jobId, 40, 'half')
    await Promise.all(
      [wire.stream, other].map((own) => own.until(({ progress }) => progress === 40)),
    )
  })

  it('Envelopes: each refusal has its code and status', async () => {
    const jobId = await begin()
    const unknown = { session_id: randomUUID(), session_secret: 'x' }
    expect(await refusal('/rpc/no_such_function', { args: null })).toEqual([404, 'NOT_FOUND'])
    expect(await refusal('/nowhere', {})).toEqual([404, 'NOT_FOUND'])
    expect(await refusal('/subscribe-job', { ...registration(jobId), ...unknown })).toEqual([
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
    const { status, body } = await get(wire.server.url, `/jobs/${randomUUID()}`)
    expect([status, body]).toMatchObject([404, { error: { code: 'JOB_NOT_FOUND' } }])
  })

  it('Capabilities, unsubscribe: stops the pushes, and is refused the second time', async () => {
    const [jobId, other] = [await begin(), await begin()]
    await subscribe(wire.server.url, wire.stream, jobId)
    await subscribe(wire.server.url, wire.stream, other)
    const body = { ...wire.stream.session, id: jobId, kind: 'job' }
    expect(await post(wire.server.url, '/unsubscribe', body)).toMatchObject({ status: 200 })
    await wire.server.complete(jobId, null)
    await wire.server.complete(other, null)
    await wire.stream.until(({ job_id, status }) => job_id === other && status === 'completed')
    // Only ends count: an earlier update may have been on its way.
    const ends = wire.stream.pushed.filter(({ status }) => status === 'completed')
    expect(ends.map(({ job_id }) => job_id)).toEqual([other])
    expect(await refusal('/unsubscribe', body)).toEqual([404, 'SUBSCRIPTION_NOT_FOUND'])
  })

  it('Capabilities, cancel: the job ends as `cancelled`, with the reason', async () => {
    const jobId = await begin()
    await subscribe(wire.server.url, wire.stream, jobId)
    await wire.server.progress(jobId, 40, 'half')
    await cancel(wire.server.url, jobId, 'changed my mind')
    const end = await wire.stream.until(({ status }) => status === 'cancelled')
    expect(end.error).toBe('changed my mind')
  })

  it('Capabilities, retry: a failed job runs again under its id', async (context) => {
    needs('retry', context)
    const jobId = await begin()
    await wire.server.fail(jobId, 'disk full')
    const { body } = await post(wire.server.url, `/jobs/${jobId}/retry`, {})
    expect(body).toMatchObject({ data: { job_id: jobId, error: null } })
  })
}
