import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { cancel, dataOf, post, read } from '../wire/api.ts'
import { add, childrenOf, itemsOf, refusalOf, startGroup } from './group-requests.ts'
import { callList } from './list-requests.ts'
import type { Wire } from './wire-fixture.ts'

/** Tests of PROTOCOL.md, "Groups": groups of several requests, and refused ones. */
export function describeGroupsOpen(wire: Wire): void {
  const becomes = (id: string, expected: object): Promise<void> =>
    expect.poll(() => read(wire.server.url, id)).toMatchObject(expected)
  const open = (count: number): Promise<string> =>
    startGroup(wire, { items: itemsOf(count), open: true })

  it('Groups 3: children can follow, and a request that is repeated adds nothing', async (context) => {
    wire.needs('groups', context)
    const id = await open(2)
    const body = { from: 2, items: itemsOf(2) }
    expect(dataOf(await add(wire, id, body))).toMatchObject({ job_id: id, children: { total: 4 } })
    expect(dataOf(await add(wire, id, body))).toMatchObject({ children: { total: 4 } })
    // One of the two is there already.
    const overlapping = { from: 3, items: itemsOf(2) }
    expect(dataOf(await add(wire, id, overlapping))).toMatchObject({ children: { total: 5 } })
    expect(new Set(await childrenOf(wire, id)).size).toBe(5)
  })

  it('Groups 3, 5: an open group goes on until it is closed, also without items', async (context) => {
    wire.needs('groups', context)
    const id = await open(1)
    const [first = ''] = await childrenOf(wire, id)
    await wire.server.complete(first, null)
    await becomes(id, { status: 'running', children: { total: 1, done: 1 } })
    dataOf(await add(wire, id, { from: 1, items: [], close: true }))
    await becomes(id, { status: 'completed', output: { total: 1, done: 1 } })
  })

  it('Groups 3: the last items can close it', async (context) => {
    wire.needs('groups', context)
    const id = await open(1)
    const last = { from: 1, items: itemsOf(1), close: true }
    dataOf(await add(wire, id, last))
    for (const child of await childrenOf(wire, id)) await wire.server.complete(child, null)
    await becomes(id, { status: 'completed', children: { total: 2, done: 2 } })
    // Repeated, with all items there: its answer may have been lost.
    expect(dataOf(await add(wire, id, last))).toMatchObject({ children: { total: 2 } })
  })

  it('Groups 3: a closed group, and one that has ended, take no new items', async (context) => {
    wire.needs('groups', context)
    const closed = await startGroup(wire, { items: itemsOf(1) })
    const more = { from: 1, items: itemsOf(1) }
    expect(refusalOf(await add(wire, closed, more)).slice(0, 2)).toEqual([409, 'CONFLICT'])
    const ended = await open(1)
    await cancel(wire.server.url, ended)
    await becomes(ended, { status: 'cancelled' })
    expect(refusalOf(await add(wire, ended, more)).slice(0, 2)).toEqual([409, 'CONFLICT'])
    expect(await childrenOf(wire, ended)).toHaveLength(1)
  })

  it('Groups 2: more than 1,000 items are refused, and nothing starts', async (context) => {
    wire.needs('groups', context)
    const tag = randomUUID()
    const body = { items: itemsOf(1_001), tags: [tag] }
    expect(await wire.refusal('/rpc/scripted/many', body)).toEqual([400, 'INVALID_ARGUMENT'])
    expect((await callList(wire.server.url, { tag })).runs).toEqual([])
  })

  it('Groups 2: one wrong item refuses all of them, and the details say which', async (context) => {
    wire.needs('groups', context)
    const tag = randomUUID()
    const title = (index: number) => ({ title: index === 7 ? '' : 'a' })
    const body = { items: itemsOf(9, title), tags: [tag] }
    const [status, , details] = refusalOf(await post(wire.server.url, '/rpc/scripted/many', body))
    expect(status).toBe(400)
    expect(JSON.stringify(details)).toMatch(/\b7\b/)
    expect((await callList(wire.server.url, { tag })).runs).toEqual([])
  })

  it.for<[string, object, number[]]>([
    ['items that are no list', { items: 'all' }, [400, 422]],
    ['an item that is no object', { items: [7] }, [400, 422]],
    ['no items', {}, [400, 422]],
    ['a title of the group that is empty', { items: [{ args: null }], title: '' }, [400]],
    ['an unknown choice on failure', { items: [{ args: null }], on_failure: 'retry' }, [400, 422]],
  ])('Groups 2: a request with %s is refused', async ([_, body, statuses], context) => {
    wire.needs('groups', context)
    const [status] = await wire.refusal('/rpc/scripted/many', body)
    expect(statuses).toContain(status)
  })

  it('Groups 2, 3: an unknown function, and an unknown group', async (context) => {
    wire.needs('groups', context)
    const body = { items: itemsOf(1) }
    const noFunction = await wire.refusal('/rpc/no_such_function/many', body)
    expect(noFunction).toEqual([404, 'NOT_FOUND'])
    const noGroup = await wire.refusal(`/jobs/${randomUUID()}/children`, { from: 0, ...body })
    expect(noGroup).toEqual([404, 'JOB_NOT_FOUND'])
  })
}
