import { describe, expect, it } from 'vitest'
import {
  ask,
  bearer,
  begin,
  database,
  nobody,
  open,
  register,
  startedBy,
} from './support/access-gateway.ts'
import { query } from './support/database.ts'
import { idsIn, ways } from './support/list-ways.ts'

type Headers = Record<string, string>

const items = [{ args: null }, { args: null }]
const group = async (headers: Headers, more: object = {}, name = 'mine'): Promise<string> =>
  startedBy(await ask('POST', `/rpc/${name}/many`, headers, { items, ...more }))
const childrenOf = async (parent: string): Promise<string[]> => {
  const text = 'select id from headway.run where parent = $1 order by ordinal'
  return (await query<{ id: string }>(database, text, [parent])).map(({ id }) => id)
}

describe.each(ways)('the children of a group, by %s', (way, read) => {
  it('are listed in their order for their owner, and in no other list', async () => {
    const ann = await bearer(`ann-group ${way}`)
    const parent = await group(ann)
    const children = await childrenOf(parent)
    expect(children).toHaveLength(2)
    expect(idsIn(await read(ann, { parent }))).toEqual(children)
    expect(idsIn(await read(ann, { parent: parent.toUpperCase() }))).toEqual(children)
    expect(idsIn(await read(ann, {}))).toEqual([parent])
    expect(idsIn(await read(ann, { name: 'mine' }))).toEqual([parent])
  })

  it('are refused to another user', async () => {
    const parent = await group(await bearer(`ann-shut-group ${way}`))
    const bob = await bearer('bob')
    expect(await read(bob, { parent })).toMatchObject({ status: 403, code: 'FORBIDDEN' })
    expect(await read(nobody, { parent })).toMatchObject({ status: 401, code: 'UNAUTHORIZED' })
  })

  it('are shown to those that `authorize` lets in', async () => {
    const parent = await group(await bearer(`ann-open-group ${way}`))
    const support = await bearer('eve', { roles: ['support'] })
    expect(idsIn(await read(support, { parent }))).toEqual(await childrenOf(parent))
  })

  it('of an anonymous group are for all who know its id', async () => {
    const parent = await group(nobody, {}, 'open')
    const children = await childrenOf(parent)
    expect(idsIn(await read(nobody, { parent }))).toEqual(children)
    const admin = await bearer('root', { roles: ['admin'] })
    expect(idsIn(await read(admin, { anyOwner: true }))).not.toContain(children[0])
  })

  it('that belong to somebody else are left out', async () => {
    const ann = await bearer(`ann-mixed ${way}`)
    const parent = await group(ann)
    const [first, second] = await childrenOf(parent)
    await query(database, `update headway.run set owner = 'carl' where id = $1`, [first])
    expect(idsIn(await read(ann, { parent }))).toEqual([second])
  })

  it('of a run that does not exist are not found', async () => {
    const answer = await read(await bearer('ann'), {
      parent: '9c0c7a52-7d3e-4f7e-8f0f-1c2d3e4f5a6b',
    })
    expect(answer).toMatchObject({ status: 404, code: 'JOB_NOT_FOUND' })
  })

  it.each([{ parent: 'x' }, { owner: 'ann' }, { anyOwner: true }])(
    'are not listed with %o',
    async (filter) => {
      const ann = await bearer('ann')
      const answer = await read(ann, { parent: await group(ann), ...filter } as never)
      expect(answer).toMatchObject({ status: 400, code: 'INVALID_ARGUMENT' })
    },
  )
})

describe('a child', () => {
  it('belongs to the owner of its group', async () => {
    const ann = await bearer('ann-child')
    const [id = ''] = await childrenOf(await group(ann))
    expect(await ask('GET', `/jobs/${id}`, ann)).toMatchObject({ status: 200 })
    const bob = await bearer('bob')
    for (const [method, path] of [
      ['GET', `/jobs/${id}`],
      ['POST', `/jobs/${id}/cancel`],
      ['POST', `/jobs/${id}/retry`],
    ] as const) {
      expect(await ask(method, path, bob)).toMatchObject({ status: 403, code: 'FORBIDDEN' })
    }
    const stream = await open(bob)
    expect(await register(stream, bob, id)).toMatchObject({ status: 403 })
  })
})

describe('a group', () => {
  it('is started by those alone who may call its function', async () => {
    const answer = await ask('POST', '/rpc/mine/many', nobody, { items })
    expect(answer).toMatchObject({ status: 401, code: 'UNAUTHORIZED' })
  })

  it('takes children from those alone who may cancel it', async () => {
    const parent = await group(await bearer('ann-grow'), { open: true })
    const add = async (headers: Headers) =>
      ask('POST', `/jobs/${parent}/children`, headers, { from: 2, items })
    expect(await add(await bearer('bob'))).toMatchObject({ status: 403, code: 'FORBIDDEN' })
    expect(await add(nobody)).toMatchObject({ status: 401, code: 'UNAUTHORIZED' })
    expect(await add(await bearer('ann-grow'))).toMatchObject({ status: 200 })
    expect(await childrenOf(parent)).toHaveLength(4)
  })

  it('is cancelled and retried by its owner alone', async () => {
    const parent = await group(await bearer('ann-own-group'))
    const bob = await bearer('bob')
    for (const action of ['cancel', 'retry']) {
      expect(await ask('POST', `/jobs/${parent}/${action}`, bob)).toMatchObject({ status: 403 })
    }
  })

  it('under the key of another user is another group', async () => {
    const headers = { 'x-idempotency-key': 'the same key' }
    const [ann, bob] = [await bearer('ann-key'), await bearer('bob-key')]
    const [hers, his] = [await group({ ...ann, ...headers }), await group({ ...bob, ...headers })]
    expect(his).not.toBe(hers)
    expect(await group({ ...ann, ...headers })).toBe(hers)
    const single = startedBy(await ask('POST', '/rpc/mine', { ...ann, ...headers }))
    expect(single).not.toBe(hers)
  })

  it.each([
    ['items', { items: 'all' }, 422],
    ['items', { items: [7] }, 422],
    ['items', { items: Array(1_001).fill({}) }, 400],
    ['item 1', { items: [{}, { title: '' }] }, 400],
    ['open', { items, open: 'yes' }, 422],
    ['on_failure', { items, on_failure: 'panic' }, 422],
    ['title', { items, title: '' }, 400],
  ])('is refused for a wrong %s', async (what, body, status) => {
    const answer = await ask('POST', '/rpc/mine/many', await bearer('ann'), body)
    expect(answer).toMatchObject({ status, message: expect.stringContaining(what) })
  })

  it('takes nothing at a place below 0, and no job takes anything', async () => {
    const ann = await bearer('ann')
    const parent = await group(ann, { open: true })
    const add = (id: string, body: object) => ask('POST', `/jobs/${id}/children`, ann, body)
    expect(await add(parent, { from: -1, items })).toMatchObject({ status: 422 })
    expect(await add(await begin(ann), { items })).toMatchObject({ status: 409, code: 'CONFLICT' })
  })
})
