import { randomUUID } from 'node:crypto'
import type { BatchItem } from '@headway/core/protocol'
import { expect, it } from 'vitest'
import { dataOf, post } from '../wire/api.ts'
import { idsOf, type ListPage, runsQuery, toPage } from './list-requests.ts'
import type { Wire } from './wire-fixture.ts'

/** Tests of PROTOCOL.md, "Lists" 5: the query `headway.runs`, registered. */
export function describeListsFollowed(wire: Wire): void {
  const ours = '?client=headway.1'

  /** Registers a list on a stream. */
  const follow = async (filter: object) => {
    const stream = await wire.open(ours)
    const item = { ...stream.session, id: 'list', function: runsQuery, args: filter }
    const first = toPage(dataOf(await post(wire.server.url, '/subscribe', item)))
    const newest = (): ListPage => toPage(stream.results.at(-1) ?? first)
    return {
      first,
      count: () => stream.results.length,
      /** Resolves once the list has these runs: their ids, and whether each has ended. */
      shows: (...runs: [id: string, ended: boolean][]) =>
        expect.poll(() => newest().runs.map(({ id, ended }) => [id, ended])).toEqual(runs),
    }
  }

  it('Lists 5: a new run appears; it has ended with its end, and not after a retry', async (context) => {
    wire.needs('lists', context)
    wire.needs('retry', context)
    const tag = randomUUID()
    const { first, shows } = await follow({ tag })
    expect(first).toEqual({ runs: [], next: null })
    const jobId = await wire.begin({ tags: [tag] })
    await shows([jobId, false])
    await wire.server.fail(jobId, 'disk full')
    await shows([jobId, true])
    await post(wire.server.url, `/jobs/${jobId}/retry`, {})
    await shows([jobId, false])
  })

  it('Lists 5: a run comes and leaves with its status', async (context) => {
    wire.needs('lists', context)
    const tag = randomUUID()
    const jobId = await wire.begin({ tags: [tag] })
    const active = await follow({ tag, status: 'active' })
    const failed = await follow({ tag, status: 'failed' })
    expect([idsOf(active.first), idsOf(failed.first)]).toEqual([[jobId], []])
    await wire.server.fail(jobId, 'disk full')
    await active.shows()
    await failed.shows([jobId, true])
  })

  it('Lists 5: progress is no change of a list', async (context) => {
    wire.needs('lists', context)
    const tag = randomUUID()
    const jobId = await wire.begin({ tags: [tag] })
    await wire.server.progress(jobId, 1, 'row 1')
    const { count, shows } = await follow({ tag })
    for (let percent = 2; percent <= 20; percent += 1) {
      await wire.server.progress(jobId, percent, `row ${percent}`)
    }
    await wire.server.complete(jobId, null)
    await shows([jobId, true])
    expect(count()).toBe(1)
  })

  it('Lists 5: a stream can carry a list, like any other query', async (context) => {
    wire.needs('lists', context)
    wire.needs('stream-answers', context)
    const tag = randomUUID()
    const jobId = await wire.begin({ tags: [tag] })
    const item: BatchItem = { kind: 'query', id: 'list', function: runsQuery, args: { tag } }
    const stream = await wire.open(ours, [item])
    expect(await stream.untilAnswer('list')).toMatchObject({
      success: true,
      data: { runs: [{ id: jobId, ended: false }], next: null },
    })
    await wire.server.complete(jobId, null)
    await expect.poll(() => stream.results.at(-1)).toMatchObject({ runs: [{ ended: true }] })
  })
}
