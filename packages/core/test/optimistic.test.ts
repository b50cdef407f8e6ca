import { describe, expect, it } from 'vitest'
import { defineMutation, defineQuery } from '../src/index.ts'
import { createOptimistic } from '../src/optimistic/index.ts'
import { createFakeClient, failure } from '../src/testing/index.ts'

interface Row {
  id: number
  name: string
}
const list = defineQuery<null, Row[]>('list')
const rename = defineMutation<Row, null>('rename')
const apply = (rows: Row[], change: Row): Row[] =>
  rows.map((row) => (row.id === change.id ? { ...row, name: change.name } : row))

const create = async () => {
  let rows: Row[] = [{ id: 1, name: 'Ann' }]
  const fake = createFakeClient({ queries: { list: () => rows } })
  const names = createOptimistic(fake.client.watch(list, null), apply, { graceMs: 0 })
  const seen: (string | undefined)[] = []
  const stop = names.subscribe(() => seen.push(names.getSnapshot().data?.[0]?.name))
  await fake.settled()
  const { gateway } = fake
  const answer = (answered: () => Response): void =>
    gateway.intercept(({ path }) => (path === '/rpc/rename' ? answered() : undefined))
  const push = async (name: string): Promise<void> => {
    rows = [{ id: 1, name }]
    gateway.changed('list')
    await fake.settled()
  }
  const call = (name: string) =>
    names.mutate({ id: 1, name }, () => fake.client.call(rename, { id: 1, name }))
  return { ...fake, names, seen, stop, answer, push, call }
}

describe('an optimistic change', () => {
  it('is shown at once, and stays when the server shows it', async () => {
    const { names, seen, stop, answer, push, call } = await create()
    answer(() => Response.json({ success: true, data: null }))
    const calling = call('Anna')
    expect(names.getSnapshot()).toMatchObject({ data: [{ id: 1, name: 'Anna' }], pending: 1 })
    await push('Anna')
    await calling
    expect(names.getSnapshot()).toMatchObject({ data: [{ id: 1, name: 'Anna' }], pending: 0 })
    expect(new Set(seen.slice(seen.indexOf('Anna')))).toEqual(new Set(['Anna']))
    stop()
  })

  it('is removed when its call fails, and the others stay', async () => {
    const { names, stop, answer, call } = await create()
    answer(() => failure(422, 'REFUSED', 'not this one'))
    const refused = call('Eve')
    await expect(refused).rejects.toMatchObject({ code: 'REFUSED' })
    expect(names.getSnapshot()).toMatchObject({ data: [{ id: 1, name: 'Ann' }], pending: 0 })
    stop()
  })

  it('is removed after a while if the server shows no new data', async () => {
    const { names, stop, answer, call } = await create()
    answer(() => Response.json({ success: true, data: null }))
    await call('Anna')
    await expect.poll(() => names.getSnapshot().pending).toBe(0)
    expect(names.getSnapshot().data).toEqual([{ id: 1, name: 'Ann' }])
    stop()
  })

  it('is replaced by the new data of the server', async () => {
    const { names, stop, answer, push, call } = await create()
    answer(() => Response.json({ success: true, data: null }))
    const calling = call(' anna ')
    await calling
    await push('Anna')
    expect(names.getSnapshot()).toMatchObject({ data: [{ id: 1, name: 'Anna' }], pending: 0 })
    stop()
  })
})
