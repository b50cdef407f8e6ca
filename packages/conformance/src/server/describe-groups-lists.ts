import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { get, post } from '../wire/api.ts'
import { itemsOf, refusalOf, startGroup, startOf } from './group-requests.ts'
import { callList, idsOf, pathOf, readList, runsQuery, toPage } from './list-requests.ts'
import type { Wire } from './wire-fixture.ts'

/** Tests of PROTOCOL.md, "Groups" 2 and 9: the lists of children. */
export function describeGroupsLists(wire: Wire): void {
  const both = (filter: object) =>
    Promise.all([callList(wire.server.url, filter), readList(wire.server.url, filter)])

  it('Groups 2, 9: a list with a parent has its children, in the order of the items', async (context) => {
    wire.needs('groups', context)
    const labels = (index: number) => ({ title: `File ${index}`, tags: [`no-${index}`] })
    const parent = await startGroup(wire, { items: itemsOf(5, labels) })
    for (const { runs, next } of await both({ parent })) {
      expect(runs.map(({ title, tags }) => ({ title, tags }))).toEqual([0, 1, 2, 3, 4].map(labels))
      expect(new Set(runs.map(({ kind, name }) => `${kind} ${name}`))).toEqual(
        new Set(['job scripted']),
      )
      expect(next).toBeNull()
    }
  })

  it('Groups 9: its pages go on in that order, though children are added', async (context) => {
    wire.needs('groups', context)
    const { id: parent, children } = await startOf(wire, 5, { open: true })
    const seen: unknown[][] = []
    let cursor: string | undefined
    for (const list of [callList, readList, callList]) {
      const filter = { parent, limit: 2, ...(cursor && { cursor }) }
      const page = await list(wire.server.url, filter)
      seen.push(idsOf(page))
      cursor = page.next ?? undefined
    }
    expect(seen).toEqual([children.slice(0, 2), children.slice(2, 4), children.slice(4)])
    expect(cursor).toBeUndefined()
  })

  it('Lists 3, Groups 9: a list without a parent has the group, and none of its children', async (context) => {
    wire.needs('groups', context)
    const tag = randomUUID()
    const body = { items: itemsOf(2, () => ({ tags: [tag] })), tags: [tag], title: 'Import' }
    const id = await startGroup(wire, body)
    for (const page of await both({ tag })) {
      expect(page.runs).toMatchObject([{ kind: 'job', id, title: 'Import', tags: [tag] }])
    }
  })

  it('Groups 9: other members of the filter count as well', async (context) => {
    wire.needs('groups', context)
    const { id: parent, children } = await startOf(wire, 3)
    const [, failed = ''] = children
    await wire.server.fail(failed, 'disk full')
    for (const page of await both({ parent, status: 'failed' })) {
      expect(idsOf(page)).toEqual([failed])
    }
    for (const page of await both({ parent, kind: 'workflow' })) expect(page.runs).toEqual([])
  })

  it.for<[object]>([[{ owner: 'ann' }], [{ anyOwner: true }]])(
    'Groups 9: %j does not go with a parent',
    async ([others], context) => {
      wire.needs('groups', context)
      const { id: parent } = await startOf(wire, 1)
      const filter = { parent, ...others }
      const refused = [400, 'INVALID_ARGUMENT']
      const { url } = wire.server
      expect(refusalOf(await get(url, pathOf(filter))).slice(0, 2)).toEqual(refused)
      const called = await post(url, `/rpc/${runsQuery}`, { args: filter })
      expect(refusalOf(called).slice(0, 2)).toEqual(refused)
    },
  )

  it('Groups 9: a list with a parent is followed like any other', async (context) => {
    wire.needs('groups', context)
    const { id: parent, children } = await startOf(wire, 2)
    const args = { parent, status: 'active' }
    const item = { ...wire.stream.session, id: 'children', function: runsQuery, args }
    await post(wire.server.url, '/subscribe', item)
    await wire.server.complete(children[0] ?? '', null)
    const last = (): unknown => wire.stream.results.map(toPage).map(idsOf).at(-1)
    await expect.poll(last).toEqual(children.slice(1))
  })
}
