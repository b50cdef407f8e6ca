import { isRecord, type JobSnapshot } from '@headway/core/protocol'
import { expect, it } from 'vitest'
import { get, post, read, subscribe } from '../wire/api.ts'
import type { Wire } from './wire-fixture.ts'

/** How far two readings of the server's clock may be from each other, in milliseconds. */
const toleranceMs = 1_000

const extras = ['created_at', 'started_at', 'finished_at', 'done', 'total', 'unit']
const extrasIn = (snapshot: JobSnapshot): string[] =>
  extras.filter((name) => Object.hasOwn(snapshot, name))

/** Tests of PROTOCOL.md, "Times" and "Totals". */
export function describeTimes(wire: Wire): void {
  const ours = '?client=headway.1'

  it('Times 2: a snapshot has the times that have come, in order', async (context) => {
    wire.needs('times', context)
    const [stream, jobId] = [await wire.open(ours), await wire.begin()]
    await wire.server.progress(jobId, 40, 'half')
    const running = await subscribe(wire.server.url, stream, jobId)
    const { created_at = Number.NaN, started_at } = running
    expect(Number.isInteger(created_at)).toBe(true)
    expect(started_at).toBeGreaterThanOrEqual(created_at)
    expect(running.finished_at ?? null).toBeNull()
    await wire.server.complete(jobId, null)
    const { finished_at } = await stream.until(({ status }) => status === 'completed')
    expect(finished_at).toBeGreaterThanOrEqual(started_at ?? Number.NaN)
    const end = await read(wire.server.url, jobId)
    expect(end).toMatchObject({ created_at, started_at, finished_at })
  })

  it('Times 2: a retry takes the end back', async (context) => {
    wire.needs('times', context)
    const jobId = await wire.begin()
    await wire.server.fail(jobId, 'disk full')
    const { created_at, finished_at } = await read(wire.server.url, jobId)
    expect(finished_at).toBeGreaterThanOrEqual(created_at ?? Number.NaN)
    const { body } = await post(wire.server.url, `/jobs/${jobId}/retry`, {})
    const again = isRecord(body) && isRecord(body.data) ? body.data : {}
    expect(again).toMatchObject({ created_at })
    expect(again.finished_at ?? null).toBeNull()
  })

  it('Times 4: `connected` and the answers with a snapshot have the time by the same clock', async (context) => {
    wire.needs('times', context)
    const { now = Number.NaN } = wire.stream.connected
    const jobId = await wire.begin()
    const { body } = await get(wire.server.url, `/jobs/${jobId}`)
    const answer = isRecord(body) && isRecord(body.data) ? body : { data: {} }
    const { created_at } = answer.data as Partial<JobSnapshot>
    expect(created_at).toBeGreaterThan(now - toleranceMs)
    expect(created_at).toBeLessThan(Number(answer.now) + toleranceMs)
  })

  it('Times 6, Totals 5: on a stream of a Forge client, snapshots have none of them, and whole percents', async (context) => {
    wire.needs('totals', context)
    const jobId = await wire.begin()
    expect(extrasIn(await subscribe(wire.server.url, wire.stream, jobId))).toEqual([])
    await wire.server.count(jobId, { done: 999, total: 1_000, unit: 'rows', message: 'nearly' })
    const pushed = await wire.stream.untilKnown(({ message }) => message === 'nearly')
    expect([pushed.progress, extrasIn(pushed)]).toEqual([99, []])
  })

  it('Totals 2: the percentage follows from what is done, with decimals', async (context) => {
    wire.needs('totals', context)
    const [stream, jobId] = [await wire.open(ours), await wire.begin()]
    await subscribe(wire.server.url, stream, jobId)
    const counted = { done: 500, total: 4_000, unit: 'rows', message: 'row 500' }
    await wire.server.count(jobId, counted)
    const snapshot = await stream.untilKnown(({ message }) => message === 'row 500')
    expect(snapshot).toMatchObject({ ...counted, progress: 12.5 })
  })

  it('Totals 3, 4: without a total the percentage stays; a report without numbers removes them', async (context) => {
    wire.needs('totals', context)
    const [stream, jobId] = [await wire.open(ours), await wire.begin()]
    await subscribe(wire.server.url, stream, jobId)
    await wire.server.progress(jobId, 40.5, 'reading')
    await wire.server.count(jobId, { done: 7, unit: 'files', message: 'file 7' })
    const counted = await stream.untilKnown(({ message }) => message === 'file 7')
    expect(counted).toMatchObject({ progress: 40.5, done: 7, unit: 'files' })
    expect(counted.total ?? null).toBeNull()
    await wire.server.progress(jobId, 41, 'writing')
    const percent = await stream.untilKnown(({ message }) => message === 'writing')
    expect([percent.progress, percent.done ?? null, percent.unit ?? null]).toEqual([41, null, null])
  })
}
