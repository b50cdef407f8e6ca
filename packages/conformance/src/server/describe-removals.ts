import { randomUUID } from 'node:crypto'
import { expect, it, type TestContext } from 'vitest'
import { get, post, read, startUnder, subscribe } from '../wire/api.ts'
import { callList, idsOf } from './list-requests.ts'
import type { Wire } from './wire-fixture.ts'

/** Tests of PROTOCOL.md, "Removed runs". */
export function describeRemovals(wire: Wire): void {
  const ours = '?client=headway.1'
  const remover = (context: TestContext): ((jobId: string) => Promise<void>) => {
    const { server } = wire
    return wire.needsPart(server.remove?.bind(server), 'remove runs on demand', context)
  }

  it('Removed runs 1: a removed run is not found, and the message tells that runs are removed', async (context) => {
    const remove = remover(context)
    for (const capability of ['get', 'cancel', 'retry']) wire.needs(capability, context)
    const jobId = await wire.begin()
    await wire.server.complete(jobId, null)
    expect(await read(wire.server.url, jobId)).toMatchObject({ status: 'completed' })
    await remove(jobId)
    const { url } = wire.server
    const registration = { ...wire.stream.session, id: jobId, job_id: jobId }
    const answers = [
      await get(url, `/jobs/${jobId}`),
      await post(url, '/subscribe-job', registration),
      await post(url, `/jobs/${jobId}/cancel`, {}),
      await post(url, `/jobs/${jobId}/retry`, {}),
    ]
    const error = { code: 'JOB_NOT_FOUND', message: expect.stringContaining('removed') }
    for (const answer of answers) {
      expect(answer).toMatchObject({ status: 404, body: { success: false, error } })
    }
  })

  it('Removed runs 2: a registration of the run gets `not_found` in words, and ends', async (context) => {
    const remove = remover(context)
    wire.needs('unsubscribe', context)
    const [stream, jobId] = [wire.stream, await wire.begin()]
    // On a stream of a Forge client the registration outlasts the run's end.
    await subscribe(wire.server.url, stream, jobId)
    await wire.server.complete(jobId, { rows: 3 })
    const { revision: ended = 0 } = await stream.until(({ status }) => status === 'completed')
    await remove(jobId)
    const last = await stream.until(({ status }) => status === 'not_found')
    expect(last).toMatchObject({ job_id: jobId, error: expect.stringContaining('removed') })
    expect(last.revision).toBeGreaterThan(ended)
    const body = { ...stream.session, id: jobId, kind: 'job' }
    expect(await wire.refusal('/unsubscribe', body)).toEqual([404, 'SUBSCRIPTION_NOT_FOUND'])
  })

  it('Removed runs 2: a stream that was sent the end gets `not_found`', async (context) => {
    const remove = remover(context)
    wire.needsPart(wire.server.remembersEnds || undefined, 'remember the ends it sent', context)
    const [stream, jobId] = [await wire.open(ours), await wire.begin()]
    await subscribe(wire.server.url, stream, jobId)
    await wire.server.complete(jobId, null)
    const { revision: ended = 0 } = await stream.until(({ status }) => status === 'completed')
    await remove(jobId)
    const last = await stream.until(({ status }) => status === 'not_found')
    expect(last.error).toContain('removed')
    expect(last.revision).toBeGreaterThan(ended)
  })

  it('Removed runs 3: a start under the key of a removed run is a new start', async (context) => {
    const remove = remover(context)
    wire.needs('idempotent-start', context)
    const key = randomUUID()
    const start = (): Promise<string> => startUnder(wire.server.url, 'scripted', key)
    const first = await start()
    await wire.server.complete(first, null)
    expect(await start()).toBe(first)
    await remove(first)
    // Its id may be that of the removed run.
    const { status } = await read(wire.server.url, await start())
    expect(['pending', 'claimed', 'running']).toContain(status)
  })

  it('Lists 5: a removed run leaves the lists', async (context) => {
    const remove = remover(context)
    wire.needs('lists', context)
    const tag = randomUUID()
    const [kept, gone] = [await wire.begin({ tags: [tag] }), await wire.begin({ tags: [tag] })]
    await wire.server.complete(gone, null)
    const first = await callList(wire.server.url, { tag, limit: 1 })
    expect(idsOf(first)).toEqual([gone])
    await remove(gone)
    expect(idsOf(await callList(wire.server.url, { tag }))).toEqual([kept])
    const cursor = first.next ?? ''
    expect(idsOf(await callList(wire.server.url, { tag, cursor }))).toEqual([kept])
  })
}
