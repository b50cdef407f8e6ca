import { describe, expect, it } from 'vitest'
import { becomes, childrenOf, gateway, worked } from './support/groups-gateway.ts'

const counts = (numbers: object) => ({
  total: 0,
  done: 0,
  failed: 0,
  cancelled: 0,
  running: 0,
  ...numbers,
})
const words = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, n) => `${prefix} ${n}`)

describe('a group', () => {
  it('counts its children and is completed with them', async () => {
    const id = await gateway.startMany('load', words('fine', 20), { owner: 'ann', title: 'Twenty' })
    await becomes(id, {
      status: 'completed',
      progress: 100,
      done: 20,
      total: 20,
      children: counts({ total: 20, done: 20 }),
      output: { total: 20, done: 20, failed: 0, cancelled: 0 },
      attempt: 1,
    })
    const { runs } = await gateway.list({ owner: 'ann' })
    expect(runs).toMatchObject([{ id, title: 'Twenty', name: 'load' }])
  })

  it('tries all children, and has failed if one has', async () => {
    const id = await gateway.startMany('load', ['fine', 'bad', 'fine'])
    await becomes(id, {
      status: 'failed',
      error: '1 of 3 failed',
      children: counts({ total: 3, done: 2, failed: 1 }),
    })
  })

  it('ends with the first failure if it is told so', async () => {
    const list = ['bad', ...words('hold stop', 12)]
    const id = await gateway.startMany('load', list, { onFailure: 'stop' })
    await becomes(id, { status: 'failed', error: '1 of 13 failed' })
    const [first, ...others] = await childrenOf(id)
    expect(first?.status).toBe('failed')
    expect(new Set(others.map(({ status }) => status))).toEqual(new Set(['cancelled']))
    expect(await gateway.get(others[0]?.id ?? '')).toMatchObject({
      error: 'another one has failed',
    })
  })

  it('is cancelled with all of its children', async () => {
    const id = await gateway.startMany('load', words('hold cancel', 30))
    await becomes(id, { status: 'running' })
    expect(await gateway.cancel(id, { reason: 'too slow' })).toMatchObject({
      status: 'cancel_requested',
    })
    await becomes(id, {
      status: 'cancelled',
      error: 'too slow',
      children: counts({ total: 30, cancelled: 30 }),
    })
  })

  it('runs those again that failed, and keeps the others', async () => {
    const id = await gateway.startMany('load', ['kept', 'once a', 'once b'])
    await becomes(id, { status: 'failed', error: '2 of 3 failed' })
    await gateway.retry(id)
    await becomes(id, { status: 'completed', attempt: 2, error: null })
    expect([worked.get('kept'), worked.get('once a')]).toEqual([1, 2])
  })

  it('runs cancelled children again', async () => {
    const id = await gateway.startMany('load', words('hold again', 3))
    await becomes(id, { children: { running: 3 } })
    await gateway.cancel(id)
    await becomes(id, { status: 'cancelled' })
    await gateway.retry(id)
    await becomes(id, { status: 'completed', children: counts({ total: 3, done: 3 }) })
  })

  it('goes on with a child that is retried by itself', async () => {
    const id = await gateway.startMany('load', ['fine', 'once alone'])
    await becomes(id, { status: 'failed' })
    const failed = (await childrenOf(id)).find(({ status }) => status === 'failed')
    await gateway.retry(failed?.id ?? '')
    await becomes(id, { status: 'completed', error: null })
  })

  it('of nothing is completed at once', async () => {
    const id = await gateway.startMany('load', [])
    await becomes(id, { status: 'completed', children: counts({}) })
  })

  it('of more than one transaction is one group', async () => {
    const id = await gateway.startMany('load', words('hold page', 1_200))
    await becomes(id, { status: 'running', children: { total: 1_200 } })
    const places = await childrenOf(id)
    const { runs } = await gateway.list({ parent: id, limit: 200 })
    expect(runs.map((run) => run.id)).toEqual(places.slice(0, 200).map((run) => run.id))
    await gateway.cancel(id)
    await becomes(id, { status: 'cancelled', children: counts({ total: 1_200, cancelled: 1_200 }) })
  })

  it('is one group under a key, and each child runs once', async () => {
    const start = () => gateway.startMany('load', ['keyed a', 'keyed b'], { key: 'july' })
    const [id, again] = await Promise.all([start(), start()])
    expect(again).toBe(id)
    await becomes(id, { status: 'completed', children: { total: 2 } })
    expect(await start()).toBe(id)
    expect(worked.get('keyed a')).toBe(1)
  })

  it('starts nothing if one of the arguments does not fit', async () => {
    const wrong = gateway.startMany('load', ['unwanted', 7 as never])
    await expect(wrong).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
      message: 'The arguments of item 1 do not fit: a text is needed',
      details: [{ path: ['items', 1, 'args'] }],
    })
    expect(worked.has('unwanted')).toBe(false)
  })

  it('of workflows', async () => {
    const id = await gateway.startMany('order', ['a book', 'a pen'])
    await becomes(id, { status: 'completed', children: counts({ total: 2, done: 2 }) })
    const { runs } = await gateway.list({ parent: id })
    expect(runs.map(({ kind, name }) => `${kind} ${name}`)).toEqual(Array(2).fill('workflow order'))
  })
})

describe('a workflow with workflows below it', () => {
  it('shows them in its steps, and lists them below itself alone', async () => {
    const id = await gateway.start('orders', undefined, { owner: 'dora' })
    await becomes(id, { status: 'completed' })
    expect(await gateway.get(id)).not.toHaveProperty('children.total')
    const below = await gateway.list({ parent: id })
    expect(below.runs).toMatchObject([{ name: 'order' }, { name: 'order' }])
    const own = await gateway.list({ owner: 'dora' })
    expect(own.runs.map((run) => run.id)).toEqual([id])
  })
})

describe('an open group', () => {
  it('grows until it is closed', async () => {
    const id = await gateway.startMany('load', ['open 0'], { open: true })
    await becomes(id, { status: 'running', children: counts({ total: 1, done: 1 }) })
    await gateway.addMany(id, ['open 1', 'open 2'], { from: 1 })
    await gateway.addMany(id, ['open 1', 'open 2'], { from: 1 })
    await becomes(id, { status: 'running', children: counts({ total: 3, done: 3 }) })
    await gateway.addMany(id, ['open 3'], { close: true })
    await becomes(id, { status: 'completed', children: counts({ total: 4, done: 4 }) })
    await expect(gateway.addMany(id, ['open 4'])).rejects.toMatchObject({ code: 'CONFLICT' })
    expect(await gateway.addMany(id, ['open 1'], { from: 1 })).toMatchObject({
      status: 'completed',
    })
  })

  it('is closed by a cancellation', async () => {
    const id = await gateway.startMany('load', ['fine'], { open: true })
    await becomes(id, { children: { done: 1 } })
    await gateway.cancel(id)
    await becomes(id, { status: 'completed' })
  })

  it('of no other kind takes children', async () => {
    const id = await gateway.start('load', 'alone')
    await expect(gateway.addMany(id, ['no'])).rejects.toMatchObject({ code: 'CONFLICT' })
  })
})

describe('a job with children', () => {
  it('is completed once they are, with its own output', async () => {
    const id = await gateway.start('parent', { words: ['hold child', 'fine'] }, { owner: 'bob' })
    await becomes(id, { status: 'running', children: { total: 3, done: 2, running: 1 } })
    const [held] = await childrenOf(id)
    await gateway.cancel(held?.id ?? '')
    await becomes(id, { status: 'failed', error: '1 of 3 were cancelled', output: null })
    await gateway.retry(held?.id ?? '')
    await becomes(id, { status: 'completed', output: 'mine', error: null, attempt: 1 })
    const { runs } = await gateway.list({ parent: id })
    expect(runs.map(({ owner }) => owner)).toEqual(['bob', 'bob', 'bob'])
  })

  it('starts no child twice in another attempt', async () => {
    const id = await gateway.start('parent', { words: ['twice'], fails: [1] })
    await becomes(id, { status: 'completed', attempt: 2, children: counts({ total: 2, done: 2 }) })
    expect(worked.get('twice')).toBe(1)
  })

  it('cancels them if its own work fails for good', async () => {
    const id = await gateway.start('parent', { words: words('hold fail', 3), fails: [1, 2] })
    await becomes(id, {
      status: 'dead_letter',
      error: 'my own',
      children: counts({ total: 4, done: 1, cancelled: 3 }),
    })
  })

  it('is cancelled with them', async () => {
    const id = await gateway.start('parent', { words: words('hold both', 3) })
    await becomes(id, { children: { running: 3 } })
    await gateway.cancel(id, { reason: 'enough' })
    await becomes(id, { status: 'cancelled', error: 'enough' })
  })

  it('runs them again when it is retried', async () => {
    const id = await gateway.start('parent', { words: ['once below', 'fine'] })
    await becomes(id, { status: 'failed', error: '1 of 3 failed' })
    await gateway.retry(id)
    await becomes(id, { status: 'completed', children: counts({ total: 3, done: 3 }) })
    expect(worked.get('once below')).toBe(2)
  })
})
