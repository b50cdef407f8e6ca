import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { post, subscribe } from '../wire/api.ts'
import type { Wire } from './wire-fixture.ts'

/**
 * Tests of PROTOCOL.md, "Registrations" 8: a registration ends when the server has sent the end of
 * its run.
 */
export function describeEnds(wire: Wire): void {
  const ours = '?client=headway.1'

  it('Registrations 8: the push of the end ends the registration', async (context) => {
    wire.needs('unsubscribe', context)
    const [stream, jobId] = [await wire.open(ours), await wire.begin()]
    await subscribe(wire.server.url, stream, jobId)
    await wire.server.complete(jobId, null)
    await stream.until(({ status }) => status === 'completed')
    const body = { ...stream.session, id: jobId, kind: 'job' }
    expect(await wire.refusal('/unsubscribe', body)).toEqual([404, 'SUBSCRIPTION_NOT_FOUND'])
  })

  it('Registrations 8: an answer with the end ends the registration, also the second time', async (context) => {
    wire.needs('unsubscribe', context)
    const [stream, jobId] = [await wire.open(ours), await wire.begin()]
    await wire.server.fail(jobId, 'disk full')
    for (let times = 0; times < 2; times += 1) {
      const snapshot = await subscribe(wire.server.url, stream, jobId)
      expect(snapshot).toMatchObject({ status: 'failed', error: 'disk full' })
    }
    const body = { ...stream.session, id: jobId, kind: 'job' }
    expect(await wire.refusal('/unsubscribe', body)).toEqual([404, 'SUBSCRIPTION_NOT_FOUND'])
  })

  it('Registrations 8: in a batch, the registrations of ended runs end, and the others stay', async (context) => {
    wire.needs('subscribe-batch', context)
    const [stream, ended, other] = [await wire.open(ours), await wire.begin(), await wire.begin()]
    await wire.server.fail(ended, 'disk full')
    const items = [ended, other].map((id) => ({ kind: 'job', id, job_id: id }))
    await post(wire.server.url, '/subscribe-batch', { ...stream.session, items })
    const leave = (id: string) =>
      post(wire.server.url, '/unsubscribe', { ...stream.session, id, kind: 'job' })
    expect(await leave(ended)).toMatchObject({ status: 404 })
    expect(await leave(other)).toMatchObject({ status: 200 })
  })

  it('Registrations 8: a client that registers again gets the updates of a retried run', async (context) => {
    wire.needs('retry', context)
    const [stream, jobId] = [await wire.open(ours), await wire.begin()]
    await subscribe(wire.server.url, stream, jobId)
    await wire.server.fail(jobId, 'disk full')
    const end = await stream.until(({ status }) => status === 'failed')
    await post(wire.server.url, `/jobs/${jobId}/retry`, {})
    const again = await subscribe(wire.server.url, stream, jobId)
    expect(again.status).not.toBe('failed')
    expect(again.revision).toBeGreaterThan(end.revision ?? 0)
    await wire.server.progress(jobId, 40, 'half')
    await stream.until(({ progress }) => progress === 40)
    const late = stream.pushed.slice(stream.pushed.indexOf(end) + 1)
    for (const { revision } of late) expect(revision).toBeGreaterThan(again.revision ?? 0)
  })

  it('Registrations 8: on a stream of a Forge client the registration stays, and a retry is pushed', async (context) => {
    wire.needs('retry', context)
    const jobId = await wire.begin()
    await subscribe(wire.server.url, wire.stream, jobId)
    await wire.server.fail(jobId, 'disk full')
    const { revision: ended = 0 } = await wire.stream.until(({ status }) => status === 'failed')
    await post(wire.server.url, `/jobs/${jobId}/retry`, {})
    await wire.stream.until(({ revision = 0 }) => revision > ended)
  })

  it('Capabilities, unsubscribe-batch: ends the registrations and ignores unknown items', async (context) => {
    wire.needs('unsubscribe-batch', context)
    const [one, two, other] = [await wire.begin(), await wire.begin(), await wire.begin()]
    const { server, stream } = wire
    for (const id of [one, two, other]) await subscribe(server.url, stream, id)
    const items = [
      ...[one, randomUUID(), one, two].map((id) => ({ kind: 'job', id })),
      { kind: 'workflow', id: other },
      { kind: 'of a later server', id: other },
    ]
    const body = { ...stream.session, items }
    for (let times = 0; times < 2; times += 1) {
      expect(await post(server.url, '/unsubscribe-batch', body)).toMatchObject({
        status: 200,
        body: { success: true, data: null },
      })
    }
    for (const id of [one, two, other]) await server.complete(id, null)
    await stream.until(({ job_id, status }) => job_id === other && status === 'completed')
    const ends = stream.pushed.filter(({ status }) => status === 'completed')
    expect(ends.map(({ job_id }) => job_id)).toEqual([other])
  })

  it('Capabilities, unsubscribe-batch: is refused with the same codes as /unsubscribe', async (context) => {
    wire.needs('unsubscribe-batch', context)
    const { session } = wire.stream
    const item = { kind: 'job', id: randomUUID() }
    const refused = (body: object) => wire.refusal('/unsubscribe-batch', body)
    expect(await refused({ ...session, items: [item], session_secret: 'wrong' })).toEqual([
      403,
      'SESSION_PRINCIPAL_MISMATCH',
    ])
    expect(await refused({ ...session, items: [item], session_id: randomUUID() })).toEqual([
      404,
      'SUBSCRIPTION_NOT_FOUND',
    ])
    expect(await refused({ ...session, items: Array(101).fill(item) })).toEqual([
      400,
      'INVALID_ARGUMENT',
    ])
    expect(await refused({ ...session, items: 'all' })).toEqual([422, 'UNPROCESSABLE_ENTITY'])
  })
}
