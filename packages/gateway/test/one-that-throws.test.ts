import { openStream, post, type Stream } from '@headway/conformance/wire'
import { isRecord } from '@headway/core/protocol'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { createGateway, query as defineQuery, type Gateway } from '../src/index.ts'
import { createDatabase, query } from './support/database.ts'
import { quiet } from './support/quiet.ts'
import { createRefusingProxy, type RefusingProxy } from './support/refusing-proxy.ts'

/* What goes wrong with one item of a batch goes wrong with that item alone. */

let database: string
let proxy: RefusingProxy
let gateway: Gateway
let url: string
let stream: Stream
let authorize: (id: string) => boolean | Promise<boolean>

beforeAll(async () => {
  database = await createDatabase()
  proxy = await createRefusingProxy(database)
  gateway = await createGateway({
    database: proxy.url,
    queries: { answer: defineQuery({ run: () => 42 }) },
    logger: quiet,
    authorize: ({ run }) => authorize(run.id),
  })
  url = (await gateway.listen(0)).url
})
afterAll(async () => {
  await gateway?.close()
  await proxy?.close()
})
beforeEach(async () => {
  authorize = () => true
  stream = await openStream(url, {}, '?client=headway.1')
})
afterEach(() => stream?.close())

/** A job of somebody else: its id. */
const begin = async (): Promise<string> => {
  const text = `select headway.start_job('theirs', owner => 'ann') as id`
  return (await query<{ id: string }>(database, text))[0]?.id ?? ''
}
const jobItem = (id: string) => ({ kind: 'job', id, job_id: id })
const queryItem = { kind: 'query', id: 'answer', function: 'answer' }
const batch = async (items: object[], path = '/subscribe-batch') => {
  const { status, body } = await post(url, path, { ...stream.session, items })
  return { status, data: isRecord(body) ? body.data : null }
}
/** Of two jobs, only the one that is registered is told of its progress. */
const expectToHearOnly = async (registered: string, other: string): Promise<void> => {
  for (const id of [other, registered]) {
    await query(database, `select headway.progress($1, 50, 'half')`, [id])
  }
  await stream.until(({ job_id }) => job_id === registered)
  expect(stream.pushed.map(({ job_id }) => job_id)).not.toContain(other)
  const leave = { ...stream.session, kind: 'job', id: other }
  expect(await post(url, '/unsubscribe', leave)).toMatchObject({ status: 404 })
}

it.each<[string, () => Promise<boolean>]>([
  [
    'throws',
    () => {
      throw new TypeError('ann is not iterable')
    },
  ],
  ['rejects', () => Promise.reject(new Error('no route to the directory'))],
  ['never answers', () => new Promise(() => undefined)],
])('an `authorize` that %s refuses one registration of a batch', async (_, ask) => {
  const [bad, good] = [await begin(), await begin()]
  authorize = (id) => (id === bad ? ask() : true)
  const { status, data } = await batch([jobItem(bad), jobItem(good), queryItem])
  expect(status).toBe(200)
  expect(data).toMatchObject([
    { id: bad, error: { code: 'INTERNAL_ERROR', message: 'Something went wrong' } },
    { id: good, success: true },
    { id: 'answer', success: true, data: 42 },
  ])
  authorize = () => true
  await expectToHearOnly(good, bad)
})

it('a large output that cannot be read refuses one registration of a batch', async () => {
  const [bad, good] = [await begin(), await begin()]
  const grow = `update headway.run set output = to_json(repeat('x', 9000)) where id = $1`
  await query(database, grow, [bad])
  const whole = String(16 * 1_048_576)
  const refusal = proxy.refuse({
    matches: (text) => text.includes(bad) && text.includes(whole),
    state: 'XX001',
    times: 1,
  })
  const { status, data } = await batch([jobItem(good), jobItem(bad), queryItem])
  expect([status, refusal.times]).toEqual([200, 0])
  expect(data).toMatchObject([
    { id: good, success: true },
    { id: bad, error: { code: 'INTERNAL_ERROR' } },
    { id: 'answer', success: true },
  ])
  await expectToHearOnly(good, bad)
})

it.each([
  ['XX001', 'INTERNAL_ERROR'],
  ['57P03', 'SERVICE_UNAVAILABLE'],
])(
  'runs that cannot be read (%s) are refused one by one, and queries are not',
  async (state, code) => {
    const [one, two] = [await begin(), await begin()]
    proxy.refuse({ matches: (text) => text.includes(one), state, times: 1 })
    const { status, data } = await batch([jobItem(one), queryItem, jobItem(two)])
    expect(status).toBe(200)
    expect(data).toMatchObject([
      { id: one, error: { code } },
      { id: 'answer', success: true },
      { id: two, error: { code } },
    ])
    expect(await batch([jobItem(two)])).toMatchObject({ data: [{ success: true }] })
    await expectToHearOnly(two, one)
  },
)

it('an item without an id keeps no other registration from its end', async () => {
  const id = await begin()
  await batch([jobItem(id), queryItem])
  const items = [{ kind: 'query' }, { kind: 'query', id: 7 }, {}, jobItem(id)]
  expect(await batch(items, '/unsubscribe-batch')).toEqual({ status: 200, data: null })
  const leave = { ...stream.session, kind: 'job', id }
  expect(await post(url, '/unsubscribe', leave)).toMatchObject({ status: 404 })
})
