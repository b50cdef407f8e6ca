import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { GatewayOptions } from '../src/index.ts'
import {
  ask,
  bearer,
  begin,
  change,
  nobody,
  open,
  register,
  serve,
  startedBy,
  url,
} from './support/access-gateway.ts'
import type { Answer } from './support/attack.ts'

describe('a job is its owner’s', () => {
  const actions: [string, (id: string, headers: Record<string, string>) => Promise<Answer>][] = [
    ['read', (id, headers) => ask('GET', `/jobs/${id}`, headers)],
    ['cancelled', (id, headers) => ask('POST', `/jobs/${id}/cancel`, headers)],
    ['retried', (id, headers) => ask('POST', `/jobs/${id}/retry`, headers)],
    [
      'followed',
      async (id, headers) => {
        const stream = await open(headers)
        const answer = await register(stream, headers, id)
        stream.close()
        return answer
      },
    ],
  ]
  it.each(actions)('to be %s', async (_, act) => {
    const id = await begin(await bearer('ann'))
    expect(await act(id, await bearer('bob'))).toMatchObject({ status: 403, code: 'FORBIDDEN' })
    expect(await act(id, nobody)).toMatchObject({ status: 401, code: 'UNAUTHORIZED' })
    expect(await act(id, await bearer('ann'))).toMatchObject({ status: 200 })
    expect(await act(id, await bearer('root', { roles: ['admin'] }))).toMatchObject({ status: 200 })
    const support = await bearer('eve', { roles: ['support'] })
    expect(await act(id, support)).toMatchObject({ status: 200 })
  })

  it('in a batch, each item by itself', async () => {
    const [ann, bob] = [await bearer('ann'), await bearer('bob')]
    const ids = [await begin(ann), await begin(bob)]
    const items = ids.map((id) => ({ kind: 'job', id, job_id: id }))
    const { session } = await open(ann)
    const response = await fetch(`${url}/_api/subscribe-batch`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...ann },
      body: JSON.stringify({ ...session, items }),
    })
    expect(await response.json()).toMatchObject({
      data: [{ success: true }, { success: false, error: { code: 'FORBIDDEN' } }],
    })
  })

  it('also under a key that somebody else has used', async () => {
    const header = { 'x-idempotency-key': randomUUID() }
    const ids = await Promise.all(
      ['ann', 'bob', 'ann'].map(async (name) => begin({ ...(await bearer(name)), ...header })),
    )
    expect(ids[2]).toBe(ids[0])
    expect(ids[1]).not.toBe(ids[0])
  })

  it('and whoever may not follow it any more hears no more of it', async () => {
    let isOpen = true
    const own = await serve({ authorize: async () => isOpen })
    const [ann, bob] = [await bearer('ann'), await bearer('bob')]
    const id = startedBy(await ask('POST', '/rpc/mine', ann, {}, own))
    const [hers, his] = [await open(ann, '', own), await open(bob, '', own)]
    expect(await register(hers, ann, id, own)).toMatchObject({ status: 200 })
    expect(await register(his, bob, id, own)).toMatchObject({ status: 200 })
    await change(id, 'one')
    await his.until(({ message }) => message === 'one')
    isOpen = false
    await change(id, 'two')
    await hers.until(({ message }) => message === 'two')
    isOpen = true
    await change(id, 'three')
    await hers.until(({ message }) => message === 'three')
    expect(his.pushed.map(({ message }) => message)).toEqual(['one'])
  })

  it('nor does what it may not follow any more take the place of what it may', async () => {
    const closed = new Set<string>()
    const authorize: GatewayOptions['authorize'] = ({ run }) => !closed.has(run.id)
    const own = await serve({ authorize, maxRegistrations: 1 })
    const [ann, bob] = [await bearer('ann'), await bearer('bob')]
    const beginOwn = async (): Promise<string> =>
      startedBy(await ask('POST', '/rpc/mine', ann, {}, own))
    const [id, other] = [await beginOwn(), await beginOwn()]
    const [hers, his] = [await open(ann, '', own), await open(bob, '', own)]
    await register(hers, ann, id, own)
    await register(his, bob, id, own)
    expect(await register(his, bob, other, own)).toMatchObject({ status: 429 })
    closed.add(id)
    await change(id, 'one')
    await hers.until(({ message }) => message === 'one')
    expect(await register(his, bob, other, own)).toMatchObject({ status: 200 })
    expect(his.pushed).toEqual([])
  })
})

describe('an `authorize` that fails', () => {
  it('at a registration is a fault, and leaves nothing registered', async () => {
    let isBroken = true
    const authorize = (): boolean => {
      if (isBroken) throw new Error('no directory')
      return true
    }
    const own = await serve({ authorize, maxRegistrations: 1 })
    const [ann, bob] = [await bearer('ann'), await bearer('bob')]
    const id = startedBy(await ask('POST', '/rpc/mine', ann, {}, own))
    const other = startedBy(await ask('POST', '/rpc/mine', ann, {}, own))
    const his = await open(bob, '', own)
    expect(await register(his, bob, id, own)).toMatchObject({ status: 500 })
    isBroken = false
    expect(await register(his, bob, other, own)).toMatchObject({ status: 200 })
    await change(id, 'one')
    await change(other, 'two')
    await his.until(({ message }) => message === 'two')
    expect(his.pushed.map(({ message }) => message)).toEqual(['two'])
  })

  it('at a push keeps that from whom it was asked for, and from nobody else', async () => {
    let isBroken = false
    const authorize = (): boolean => {
      if (isBroken) throw new Error('no directory')
      return true
    }
    const own = await serve({ authorize })
    const [ann, bob] = [await bearer('ann'), await bearer('bob')]
    const id = startedBy(await ask('POST', '/rpc/mine', ann, {}, own))
    const [hers, his] = [await open(ann, '', own), await open(bob, '', own)]
    await register(his, bob, id, own)
    await register(hers, ann, id, own)
    isBroken = true
    await change(id, 'one')
    await hers.until(({ message }) => message === 'one')
    await change(id, 'two')
    await hers.until(({ message }) => message === 'two')
    expect(his.pushed).toEqual([])
    isBroken = false
    await change(id, 'three')
    await his.until(({ message }) => message === 'three')
  })
})
