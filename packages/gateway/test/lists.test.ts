import { describe, expect, it } from 'vitest'
import { listName } from '../src/lists/runs-query.ts'
import { ask, bearer, database, open, startedBy } from './support/access-gateway.ts'
import type { Answer } from './support/attack.ts'
import { query } from './support/database.ts'

type Headers = Record<string, string>

const listIn = ({ data }: Answer): { runs: Record<string, unknown>[]; next: string | null } =>
  data as never
const list = async (headers: Headers, search = '') =>
  listIn(await ask('GET', `/runs${search}`, headers))
const ids = async (headers: Headers, search: string) =>
  (await list(headers, search)).runs.map(({ id }) => id)
const begin = async (headers: Headers, labels: object = {}): Promise<string> =>
  startedBy(await ask('POST', '/rpc/mine', headers, { args: null, ...labels }))
const end = (id: string, status: string) =>
  query(
    database,
    `with ended as (update headway.run set status = $2, finished_at = now(), revision = revision + 1
      where id = $1 returning id) select pg_notify('headway_run', id::text) from ended`,
    [id, status],
  )

describe('a run in a list', () => {
  it('has its title, its tags and its state', async () => {
    const ann = await bearer('ann-labels')
    const id = await begin(ann, { title: 'Users, July', tags: ['july', 'users'] })
    const { runs, next } = await list(ann)
    const named = { kind: 'job', id, name: 'mine', title: 'Users, July', tags: ['july', 'users'] }
    expect(runs).toMatchObject([{ ...named, owner: 'ann-labels', snapshot: { job_id: id } }])
    expect(runs[0]).toMatchObject({
      snapshot: { status: 'pending', created_at: expect.any(Number) },
    })
    expect(next).toBeNull()
  })

  it('has no title and no tags when it was started without', async () => {
    const ann = await bearer('ann-plain-run')
    await begin(ann)
    expect((await list(ann)).runs).toMatchObject([{ title: null, tags: [] }])
  })

  it('leaves a large output out, and says so', async () => {
    const ann = await bearer('ann-large')
    const id = await begin(ann)
    const output = JSON.stringify('x'.repeat(5_000))
    await query(database, `update headway.run set output = $2::json where id = $1`, [id, output])
    const { runs } = await list(ann)
    expect(runs).toMatchObject([{ large_output: true, snapshot: { output: null } }])
  })

  it.each([
    [{ title: '' }, 'title is "": give 1 to 200 characters'],
    [{ tags: [''] }, 'tags.0 is "": give 1 to 64 characters'],
  ])('is not started with %o', async (labels, message) => {
    const ann = await bearer('ann-wrong')
    const answer = await ask('POST', '/rpc/mine', ann, { args: null, ...labels })
    expect(answer).toMatchObject({ status: 400, code: 'VALIDATION_ERROR', message })
    expect(await ids(ann, '')).toEqual([])
  })

  it('may be labelled by SQL', async () => {
    const ann = await bearer('ann-sql')
    const id = await begin(ann)
    await query(database, `select headway.label($1, 'Users', array['july'])`, [id])
    await query(database, `select headway.label($1, tags => array['august'])`, [id])
    expect((await list(ann)).runs).toMatchObject([{ title: 'Users', tags: ['august'] }])
    const wrong = query(database, `select headway.label($1, '', null)`, [id])
    await expect(wrong).rejects.toThrow('title has 0 characters: give 1 to 200')
    const many = query(database, `select headway.label($1, null, array['', null])`, [id])
    await expect(many).rejects.toThrow('give up to 10 texts of 1 to 64 characters')
  })
})

describe('a filter', () => {
  it('has runs by status, tag, kind and name', async () => {
    const ann = await bearer('ann-filter')
    const [failed, done, waiting] = [
      await begin(ann, { tags: ['july'] }),
      await begin(ann, { tags: ['july', 'big'] }),
      await begin(ann),
    ]
    await end(failed, 'failed')
    await end(done, 'completed')
    expect(await ids(ann, '?status=active')).toEqual([waiting])
    expect(await ids(ann, '?status=ended')).toEqual([done, failed])
    expect(await ids(ann, '?status=failed&status=pending')).toEqual([waiting, failed])
    expect(await ids(ann, '?tag=july')).toEqual([done, failed])
    expect(await ids(ann, '?tag=july&status=failed')).toEqual([failed])
    expect(await ids(ann, '?kind=workflow')).toEqual([])
    expect(await ids(ann, '?kind=job&name=mine')).toEqual([waiting, done, failed])
    expect(await ids(ann, '?name=other&name=mine')).toEqual([waiting, done, failed])
    expect(await ids(ann, '?name=other')).toEqual([])
  })

  it('has pages that follow each other, though runs begin in between', async () => {
    const ann = await bearer('ann-pages')
    const all: string[] = []
    for (let count = 0; count < 7; count += 1) all.unshift(await begin(ann))
    const seen: unknown[] = []
    let next: string | null = ''
    while (next !== null) {
      const page = await list(ann, `?limit=3${next && `&cursor=${next}`}`)
      seen.push(...page.runs.map(({ id }) => id))
      next = page.next
      await begin(ann)
    }
    expect(seen).toEqual(all)
  })

  it('orders runs that began together by id', async () => {
    const ann = await bearer('ann-together')
    const made = await query<{ id: string }>(
      database,
      `insert into headway.run (id, kind, name, engine, owner, created_at)
       select gen_random_uuid(), 'job', 'mine', 'sql', 'ann-together', '2026-01-01T00:00:00.123456Z'
         from generate_series(1, 5) returning id`,
    )
    const expected = made
      .map(({ id }) => id)
      .sort()
      .reverse()
    const first = await list(ann, '?limit=2')
    const rest = await ids(ann, `?limit=5&cursor=${first.next}`)
    expect([...first.runs.map(({ id }) => id), ...rest]).toEqual(expected)
  })
})

describe('a list that is followed', () => {
  const follow = async (headers: Headers, args: object) => {
    const stream = await open(headers, '?client=headway.1')
    const answer = await ask('POST', '/subscribe', headers, {
      ...stream.session,
      id: 'list',
      function: listName,
      args,
    })
    const pushed = (): unknown[][] =>
      (stream.results as { runs: { id: string }[] }[]).map(({ runs }) => runs.map(({ id }) => id))
    return {
      first: listIn(answer),
      pushed,
      newest: () => (stream.results.at(-1) as { runs: object[] } | undefined)?.runs,
      shows: (ids: unknown[]) => expect.poll(() => pushed().at(-1)).toEqual(ids),
    }
  }

  it('gets runs that begin, and loses those that are removed', async () => {
    const ann = await bearer('ann-live')
    const { first, shows } = await follow(ann, {})
    expect(first.runs).toEqual([])
    const id = await begin(ann)
    await shows([id])
    await query(database, 'delete from headway.run where id = $1', [id])
    await shows([])
  })

  it('hears that a run has ended, and that it was run again', async () => {
    const ann = await bearer('ann-again')
    const { newest } = await follow(ann, {})
    const id = await begin(ann)
    await end(id, 'failed')
    await expect.poll(newest).toMatchObject([{ id, ended: true }])
    await ask('POST', `/jobs/${id}/retry`, ann)
    await expect.poll(newest).toMatchObject([{ id, ended: false }])
  })

  it('loses a run that is another user’s now, who gets it', async () => {
    const [ann, bob] = [await bearer('ann-given'), await bearer('bob-given')]
    const [anns, bobs] = [await follow(ann, {}), await follow(bob, {})]
    const id = await begin(ann)
    await anns.shows([id])
    await query(database, `update headway.run set owner = 'bob-given' where id = $1`, [id])
    await anns.shows([])
    await bobs.shows([id])
  })

  it('gets and loses runs by their status', async () => {
    const ann = await bearer('ann-moving')
    const { shows } = await follow(ann, { status: 'failed' })
    const id = await begin(ann)
    await end(id, 'failed')
    await shows([id])
    await end(id, 'completed')
    await shows([])
  })

  it('hears nothing of progress, and nothing of others’ runs', async () => {
    const [ann, bob] = [await bearer('ann-quiet'), await bearer('bob-quiet')]
    const { shows, pushed } = await follow(ann, {})
    const id = await begin(ann)
    await shows([id])
    const before = pushed().length
    await query(database, `update headway.run set progress = 40 where id = $1`, [id])
    await begin(bob)
    const last = await begin(ann)
    await shows([last, id])
    expect(pushed()).toHaveLength(before + 1)
  })

  it('has everybody’s runs for an admin', async () => {
    const admin = await bearer('root', { roles: ['admin'] })
    const { shows } = await follow(admin, { anyOwner: true, limit: 1 })
    const id = await begin(await bearer('ann-everybody'))
    await shows([id])
  })
})
