import type { JobSnapshot } from '@headway/core/protocol'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, type TestContext } from 'vitest'
import { cancel, read, subscribe } from '../wire/api.ts'
import type { Stream } from '../wire/stream.ts'
import { startOf } from './group-requests.ts'
import type { ServerUnderTest } from './server-under-test.ts'
import { createWire } from './wire-fixture.ts'

const hasPlace = (snapshot: JobSnapshot): boolean => Object.hasOwn(snapshot, 'position')

/** Tests of PROTOCOL.md, "Places in queues", on a server whose workers take no jobs for a while. */
export function describePlaces(startServer: () => Promise<ServerUnderTest>): void {
  const wire = createWire(startServer)
  const ours = '?client=headway.1'
  let release: () => Promise<void> = async () => undefined

  beforeAll(wire.startServer)
  afterAll(wire.stopServer)
  beforeEach(wire.openStream)
  afterEach(wire.closeStreams)

  /** Starts jobs that wait, and registers them. Resolves once their places are known. */
  const queue = async (context: TestContext, count: number) => {
    wire.needs('position', context)
    const { server } = wire
    release = await wire.needsPart(server.hold?.bind(server), 'hold jobs', context)()
    const [stream, jobIds] = [await wire.open(ours), [] as string[]]
    for (let begun = 0; begun < count; begun += 1) jobIds.push(await wire.begin())
    for (const jobId of jobIds) await subscribe(server.url, stream, jobId)
    for (const [index, jobId] of jobIds.entries()) await at(stream, jobId, index + 1)
    return { stream, jobIds }
  }
  /** Resolves with the state in which the job has this place. */
  const at = (stream: Stream, jobId: string, place: number): Promise<JobSnapshot> =>
    stream.untilKnown(({ job_id, position }) => job_id === jobId && position === place)
  /** The next test holds the workers again: no job may be under way then. */
  const complete = async (...jobIds: string[]): Promise<void> => {
    for (const jobId of jobIds) await wire.server.complete(jobId, null)
  }

  it('Places in queues 1, 2: the next job is 1, and places move without a new revision', async (context) => {
    const { stream, jobIds } = await queue(context, 3)
    const [first = '', second = '', third = ''] = jobIds
    const before = await at(stream, third, 3)
    await cancel(wire.server.url, first)
    await at(stream, second, 1)
    const after = await at(stream, third, 2)
    expect([before.status, after.status]).toEqual(['pending', 'pending'])
    expect(after.revision).toBe(before.revision)
    const end = await stream.until(
      ({ job_id, status }) => job_id === first && status === 'cancelled',
    )
    expect(end.position ?? null).toBeNull()
    await release()
    await complete(second, third)
  })

  it('Places in queues 1: a job that was taken has no place', async (context) => {
    const { stream, jobIds } = await queue(context, 1)
    await release()
    const [jobId = ''] = jobIds
    await wire.server.progress(jobId, 40, 'half')
    const running = await stream.until(({ progress }) => progress === 40)
    expect(running.position ?? null).toBeNull()
    await complete(jobId)
  })

  it('Groups 5: a group is pending until its first child begins', async (context) => {
    wire.needs('groups', context)
    const { server } = wire
    release = await wire.needsPart(server.hold?.bind(server), 'hold jobs', context)()
    const { id, children } = await startOf(wire, 2)
    const [first = '', second = ''] = children
    const waiting = { status: 'pending', children: { total: 2, running: 0 } }
    expect(await read(server.url, id)).toMatchObject(waiting)
    await release()
    await server.progress(first, 40, 'half')
    await expect.poll(() => read(server.url, id)).toMatchObject({ status: 'running' })
    await complete(first, second)
  })

  it('Places in queues 4: a stream of a Forge client gets no places', async (context) => {
    const { stream, jobIds } = await queue(context, 2)
    const [first = '', second = ''] = jobIds
    const answer = await subscribe(wire.server.url, wire.stream, second)
    expect([answer.status, hasPlace(answer)]).toEqual(['pending', false])
    await cancel(wire.server.url, first)
    await at(stream, second, 1)
    await release()
    await complete(second)
    await wire.stream.until(({ status }) => status === 'completed')
    expect(wire.stream.pushed.filter(hasPlace)).toEqual([])
  })
}
