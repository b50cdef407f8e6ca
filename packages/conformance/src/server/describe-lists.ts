import { randomUUID } from 'node:crypto'
import { isRecord } from '@headway/core/protocol'
import { expect, it } from 'vitest'
import { dataOf, get } from '../wire/api.ts'
import { describeListsFollowed } from './describe-lists-followed.ts'
import { describeListsRefused } from './describe-lists-refused.ts'
import { callList, idsOf, readList } from './list-requests.ts'
import type { Wire } from './wire-fixture.ts'

/** Tests of PROTOCOL.md, "Lists". Each test lists the runs of a tag of its own. */
export function describeLists(wire: Wire): void {
  describeListsFollowed(wire)
  describeListsRefused(wire)

  /** Resolves once a run that starts now has a later `created_at`. */
  const untilLater = async (jobId: string): Promise<void> => {
    const isLater = async (): Promise<boolean> => {
      const { body } = await get(wire.server.url, `/jobs/${jobId}`)
      if (!isRecord(body) || !isRecord(body.data)) return false
      return Number(body.now) > Number(body.data.created_at)
    }
    await expect.poll(isLater, { interval: 1 }).toBe(true)
  }
  /** Starts runs, each at another time. Resolves with their ids, the newest first. */
  const beginApart = async (tag: string, count: number): Promise<string[]> => {
    const jobIds: string[] = []
    for (let begun = 0; begun < count; begun += 1) {
      const jobId = await wire.begin({ tags: [tag] })
      jobIds.unshift(jobId)
      await untilLater(jobId)
    }
    return jobIds
  }

  it('Lists 1, 5: a listed run has the title and the tags of its start, and keeps them', async (context) => {
    wire.needs('lists', context)
    const tag = randomUUID()
    const labels = { title: 'Users, July', tags: [tag, 'july'] }
    const id = await wire.begin(labels)
    const listed = { kind: 'job', id, name: 'scripted', ...labels, owner: null }
    const list = () => callList(wire.server.url, { tag })
    expect(await list()).toEqual({ runs: [{ ...listed, ended: false }], next: null })
    await wire.server.fail(id, 'disk full')
    expect(await list()).toEqual({ runs: [{ ...listed, ended: true }], next: null })
  })

  it('Lists 1: a title of 200 UTF-16 units and 10 tags of 64 are good; without a title it is null', async (context) => {
    wire.needs('lists', context)
    const tags = Array.from({ length: 10 }, () => randomUUID().padEnd(64, 'ä'))
    const [tag = ''] = tags
    const title = '\u{1f680}'.repeat(100)
    const [titled, untitled] = [await wire.begin({ title, tags }), await wire.begin({ tags })]
    const { runs } = await callList(wire.server.url, { tag })
    const byId = new Map(runs.map((run) => [run.id, [run.title, run.tags]]))
    expect(byId.get(titled)).toEqual([title, tags])
    expect(byId.get(untitled)).toEqual([null, tags])
  })

  it('Lists 2: a filter leaves out the runs that it does not match', async (context) => {
    wire.needs('lists', context)
    const tag = randomUUID()
    const [failed, done, running] = [
      await wire.begin({ tags: [tag] }),
      await wire.begin({ tags: [tag] }),
      await wire.begin({ tags: [tag] }),
    ]
    await wire.server.fail(failed, 'disk full')
    await wire.server.complete(done, null)
    await wire.server.progress(running, 40, 'half')
    const all = [failed, done, running]
    const expected: [object, string[]][] = [
      [{}, all],
      [{ status: 'active' }, [running]],
      [{ status: 'ended' }, [failed, done]],
      [{ status: 'failed' }, [failed]],
      [{ status: ['failed', 'running'] }, [failed, running]],
      [{ status: ['active', 'completed'] }, [done, running]],
      [{ kind: 'job' }, all],
      [{ kind: 'workflow' }, []],
      [{ name: 'scripted' }, all],
      [{ name: ['other', 'scripted'] }, all],
      [{ name: 'other' }, []],
      [{ owner: 'somebody else' }, []],
      [{ anyOwner: true }, all],
      [{ anyOwner: false }, all],
      [{ name: 'scripted', status: 'ended', kind: 'job' }, [failed, done]],
    ]
    for (const [filter, ids] of expected) {
      const pages = [
        await callList(wire.server.url, { tag, ...filter }),
        await readList(wire.server.url, { tag, ...filter }),
      ]
      const seen = pages.map((page) => idsOf(page).sort())
      expect([filter, ...seen]).toEqual([filter, ids.toSorted(), ids.toSorted()])
    }
  })

  it('Lists 3: the newest run is the first', async (context) => {
    wire.needs('lists', context)
    const tag = randomUUID()
    const jobIds = await beginApart(tag, 3)
    expect(idsOf(await callList(wire.server.url, { tag }))).toEqual(jobIds)
    const page = await readList(wire.server.url, { tag })
    expect(idsOf(page)).toEqual(jobIds)
  })

  it('Lists 2, 5: pages follow each other, though runs begin in between', async (context) => {
    wire.needs('lists', context)
    const tag = randomUUID()
    const jobIds = await beginApart(tag, 5)
    const seen: unknown[][] = []
    let cursor: string | undefined
    // A cursor is good for both requests.
    for (const list of [callList, readList, callList]) {
      const { runs, next } = await list(wire.server.url, {
        tag,
        limit: 2,
        ...(cursor && { cursor }),
      })
      seen.push(runs.map(({ id }) => id))
      await wire.begin({ tags: [tag] })
      cursor = next ?? undefined
    }
    expect(seen).toEqual([jobIds.slice(0, 2), jobIds.slice(2, 4), jobIds.slice(4)])
    expect(cursor).toBeUndefined()
  })

  it('Lists 2: without a limit a page has 20 runs, and one of 200 has them all', async (context) => {
    wire.needs('lists', context)
    const tag = randomUUID()
    await Promise.all(Array.from({ length: 21 }, () => wire.begin({ tags: [tag] })))
    const page = await callList(wire.server.url, { tag })
    expect([page.runs.length, page.next]).toEqual([20, expect.any(String)])
    const whole = await callList(wire.server.url, { tag, limit: 200 })
    expect([whole.runs.length, whole.next]).toEqual([21, null])
  })

  it('Lists 6: GET /runs has the same list, with the snapshots', async (context) => {
    wire.needs('lists', context)
    const tag = randomUUID()
    const [failed, done] = [await wire.begin({ tags: [tag] }), await wire.begin({ tags: [tag] })]
    await wire.server.fail(failed, 'disk full')
    await wire.server.complete(done, { rows: 3 })
    const { runs, next } = await readList(wire.server.url, { tag })
    expect(runs.map(({ snapshot, ...listed }) => listed)).toEqual(
      (await callList(wire.server.url, { tag })).runs,
    )
    expect(next).toBeNull()
    expect(runs).toHaveLength(2)
    for (const { id, snapshot } of runs) {
      expect(snapshot).toEqual(dataOf(await get(wire.server.url, `/jobs/${id}`)))
    }
  })

  it('Lists 6: a large output is left out, and GET of the job answers it', async (context) => {
    wire.needs('lists', context)
    const tag = randomUUID()
    const id = await wire.begin({ tags: [tag] })
    const output = 'x'.repeat(5_000)
    await wire.server.complete(id, output)
    const snapshot = expect.objectContaining({ status: 'completed', output: null })
    const { runs } = await readList(wire.server.url, { tag })
    expect(runs).toMatchObject([{ id, large_output: true, snapshot }])
    expect(dataOf(await get(wire.server.url, `/jobs/${id}`))).toMatchObject({ output })
  })
}
