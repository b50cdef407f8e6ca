import { randomUUID } from 'node:crypto'
import type { JobSnapshot } from '@headway/core/protocol'
import { expect, it } from 'vitest'
import { cancel, dataOf, post, read, startUnder, subscribe } from '../wire/api.ts'
import { describeGroupsLists } from './describe-groups-lists.ts'
import { describeGroupsOpen } from './describe-groups-open.ts'
import { childrenOf, itemsOf, startGroup, startOf } from './group-requests.ts'
import type { Wire } from './wire-fixture.ts'

const counts = (fields: object) => ({
  ...{ total: 3, done: 0, failed: 0, cancelled: 0, running: 0 },
  ...fields,
})

/** Tests of PROTOCOL.md, "Groups": how groups start, count and end. */
export function describeGroups(wire: Wire): void {
  describeGroupsOpen(wire)
  describeGroupsLists(wire)
  const ours = '?client=headway.1'

  /** Resolves once the job is in such a state. */
  const becomes = (id: string, expected: object): Promise<void> =>
    expect.poll(() => read(wire.server.url, id)).toMatchObject(expected)
  /** Starts a group of three, and follows it. */
  const follow = async (body: object = {}) => {
    const { id, children } = await startOf(wire, 3, body)
    const [a = '', b = '', c = ''] = children
    const stream = await wire.open(ours)
    await subscribe(wire.server.url, stream, id)
    const until = (isWanted: (snapshot: JobSnapshot) => unknown): Promise<JobSnapshot> =>
      stream.untilKnown((snapshot) => snapshot.job_id === id && Boolean(isWanted(snapshot)))
    return { id, a, b, c, stream, until }
  }
  const retry = (id: string) => post(wire.server.url, `/jobs/${id}/retry`, {})

  it('Groups 1: a run without children has no counts', async (context) => {
    wire.needs('groups', context)
    const { children = null } = await read(wire.server.url, await wire.begin())
    expect(children).toBeNull()
  })

  it('Groups 1, 5: counts its children, and is completed with its counts', async (context) => {
    wire.needs('groups', context)
    const { a, b, c, until, stream } = await follow()
    await wire.server.progress(a, 40, 'half')
    const begun = await until(({ children }) => children && children.running > 0)
    expect(begun).toMatchObject({
      status: 'running',
      output: null,
      children: { total: 3, done: 0 },
    })
    await wire.server.complete(a, null)
    const third = await until(({ children }) => children?.done === 1)
    expect(third).toMatchObject({ status: 'running', done: 1, total: 3 })
    expect(third.progress).toBeCloseTo(100 / 3)
    await wire.server.complete(b, null)
    await wire.server.complete(c, null)
    const end = await until(({ status }) => status === 'completed')
    const { running, ...output } = counts({ done: 3 })
    expect(end).toMatchObject({ output, children: { ...output, running }, progress: 100, done: 3 })
    const revisions = stream.pushed.map(({ revision = 0 }) => revision)
    expect(revisions).toEqual([...new Set(revisions)].sort((x, y) => x - y))
  })

  it('Groups 5, 6: a child that fails lets the others go on, and the group fails', async (context) => {
    wire.needs('groups', context)
    const { id, a, b, c, until } = await follow()
    await wire.server.fail(b, 'disk full')
    const going = await until(({ children }) => children?.failed === 1)
    expect(going).toMatchObject({ status: 'running', error: null })
    await wire.server.complete(a, null)
    await wire.server.complete(c, null)
    const end = await until(({ status }) => status === 'failed')
    expect(end).toMatchObject({ output: null, children: counts({ done: 2, failed: 1 }) })
    expect(end.error).toContain('1')
    expect(await read(wire.server.url, id)).toMatchObject({ status: 'failed' })
  })

  it('Groups 6: with "stop", the first failure ends the group and cancels the others', async (context) => {
    wire.needs('groups', context)
    const { id, a, b, c } = await follow({ on_failure: 'stop' })
    await wire.server.complete(a, null)
    await wire.server.fail(b, 'disk full')
    await becomes(id, {
      status: 'failed',
      children: counts({ done: 1, failed: 1, cancelled: 1 }),
    })
    await becomes(c, { status: 'cancelled' })
  })

  it('Groups 5, 7: a request to cancel reaches the children, and the group ends cancelled', async (context) => {
    wire.needs('groups', context)
    const { id, a, b, c, until } = await follow()
    await wire.server.complete(a, null)
    await cancel(wire.server.url, id, 'enough')
    const end = await until(({ status }) => status === 'cancelled')
    expect(end).toMatchObject({ error: 'enough', children: counts({ done: 1, cancelled: 2 }) })
    await becomes(b, { status: 'cancelled' })
    await becomes(c, { status: 'cancelled' })
  })

  it('Groups 7: a retry runs again what failed or was cancelled, and keeps the others', async (context) => {
    wire.needs('groups', context)
    const { id, a, b, c } = await follow()
    await wire.server.complete(a, 'kept')
    await wire.server.fail(b, 'disk full')
    await cancel(wire.server.url, id)
    await becomes(id, { status: 'cancelled' })
    expect(dataOf(await retry(id))).toMatchObject({ job_id: id })
    await wire.server.complete(b, null)
    await wire.server.complete(c, null)
    await becomes(id, { status: 'completed', error: null, children: counts({ done: 3 }) })
    expect(await read(wire.server.url, a)).toMatchObject({ status: 'completed', output: 'kept' })
  })

  it('Groups 4: the same key gives the same group, and is not the key of a run', async (context) => {
    wire.needs('groups', context)
    wire.needs('idempotent-start', context)
    const [key, body] = [randomUUID(), { items: itemsOf(2) }]
    const id = await startGroup(wire, body, key)
    expect(await startGroup(wire, body, key)).toBe(id)
    expect(await childrenOf(wire, id)).toHaveLength(2)
    expect(await startUnder(wire.server.url, 'scripted', key)).not.toBe(id)
    expect(await startGroup(wire, body, randomUUID())).not.toBe(id)
  })

  it('Groups 10: on a stream of a Forge client, a group is a job without counts', async (context) => {
    wire.needs('groups', context)
    const { id, children } = await startOf(wire, 1)
    const hasCounts = (snapshot: JobSnapshot): boolean => Object.hasOwn(snapshot, 'children')
    const answer = await subscribe(wire.server.url, wire.stream, id)
    expect([answer.job_id, hasCounts(answer)]).toEqual([id, false])
    await wire.server.complete(children[0] ?? '', null)
    await wire.stream.untilKnown(({ job_id, status }) => job_id === id && status === 'completed')
    expect(wire.stream.pushed.filter(hasCounts)).toEqual([])
  })
}
