import { randomUUID } from 'node:crypto'
import { afterEach, expect, it } from 'vitest'
import { post, subscribe } from '../wire/api.ts'
import type { Wire } from './wire-fixture.ts'

/** Tests of PROTOCOL.md, "Freshness": a server that cannot receive or read changes. */
export function describeFreshness(wire: Wire): void {
  const ours = '?client=headway.1'

  afterEach(() => wire.server.goFresh())

  it('Freshness 1: a server that cannot read changes sends `stale` within ping_secs, with a reason', async (context) => {
    wire.needs('freshness', context)
    const [stream, other] = [await wire.open(ours), await wire.open(ours)]
    await wire.server.goStale()
    await stream.untilEvents((types) => types.includes('stale'))
    await other.untilEvents((types) => types.includes('stale'))
    expect(stream.reasons).toEqual([expect.stringMatching(/^[a-z_]+$/)])
  })

  it('Freshness 2: a new stream gets `stale` right after `connected`', async (context) => {
    wire.needs('freshness', context)
    const before = await wire.open(ours)
    await wire.server.goStale()
    await before.untilEvents((types) => types.includes('stale'))
    const stream = await wire.open(ours)
    await stream.untilEvents((types) => types.length > 1)
    expect(stream.events.slice(0, 2)).toEqual(['connected', 'stale'])
  })

  it('Freshness 3: registrations stay, and new ones are answered, or refused with 503', async (context) => {
    wire.needs('freshness', context)
    const [stream, jobId] = [await wire.open(ours), await wire.begin()]
    await subscribe(wire.server.url, stream, jobId)
    await wire.server.goStale()
    await stream.untilEvents((types) => types.includes('stale'))
    const body = { ...stream.session, id: randomUUID(), job_id: jobId }
    const { status } = await post(wire.server.url, '/subscribe-job', body)
    expect([200, 503]).toContain(status)
    await wire.server.goFresh()
    await wire.server.progress(jobId, 40, 'half')
    await stream.until(({ progress }) => progress === 40)
  })

  it('Freshness 4: the changes since `stale` are sent before `fresh`', async (context) => {
    wire.needs('freshness', context)
    const [stream, jobId] = [await wire.open(ours), await wire.begin()]
    await subscribe(wire.server.url, stream, jobId)
    await wire.server.progress(jobId, 10, 'begun')
    await stream.until(({ progress }) => progress === 10)
    await wire.server.goStale()
    await stream.untilEvents((types) => types.includes('stale'))
    await wire.server.progress(jobId, 70, 'meanwhile')
    await wire.server.goFresh()
    await stream.untilEvents((types) => types.includes('fresh'))
    const since = stream.events.slice(stream.events.indexOf('stale'))
    expect(since.slice(0, since.indexOf('fresh'))).toContain('update')
    expect(stream.pushed.at(-1)).toMatchObject({ progress: 70, message: 'meanwhile' })
  })

  it('Freshness 5: a stream of a Forge client gets neither `stale` nor `fresh`', async (context) => {
    wire.needs('freshness', context)
    const [stream, jobId] = [await wire.open(ours), await wire.begin()]
    await subscribe(wire.server.url, wire.stream, jobId)
    await wire.server.goStale()
    await stream.untilEvents((types) => types.includes('stale'))
    await wire.server.progress(jobId, 70, 'meanwhile')
    await wire.server.goFresh()
    await stream.untilEvents((types) => types.includes('fresh'))
    await wire.stream.until(({ progress }) => progress === 70)
    expect(wire.stream.events).not.toContain('stale')
    expect(wire.stream.events).not.toContain('fresh')
  })
}
