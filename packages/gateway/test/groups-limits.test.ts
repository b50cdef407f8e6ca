import { SignJWT } from 'jose'
import { expect, it } from 'vitest'
import { type Answer, ask, member, secret } from './support/attack.ts'
import { becomes, childrenOf, gateway, url } from './support/groups-gateway.ts'

const post = async (who: string, path: string, body: object): Promise<Answer> => {
  const token = await new SignJWT({})
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(who)
    .setExpirationTime('1m')
    .sign(new TextEncoder().encode(secret))
  return ask(url, 'POST', path, { authorization: `Bearer ${token}` }, body)
}
const items = (count: number) => Array.from({ length: count }, () => ({ args: null }))

it('counts the items that are new, wherever a request begins', async () => {
  const started = await post('ann', '/rpc/limited/many', { items: items(1), open: true })
  const id = String(member(started, 'job_id'))
  await becomes(id, { children: { total: 1 } })
  const add = (from: number, count: number) =>
    post('ann', `/jobs/${id}/children`, { from, items: items(count) })
  expect(await add(0, 4)).toMatchObject({ status: 429 })
  expect(await childrenOf(id)).toHaveLength(1)
  // Those that are there are let in.
  expect(await add(0, 1)).toMatchObject({ status: 200 })
  expect(await post('ann', `/jobs/${id}/children`, { close: true })).toMatchObject({ status: 200 })
})

it('counts a group of none', async () => {
  for (let group = 0; group < 3; group += 1) {
    const answer = await post('bob', '/rpc/limited/many', { items: [], open: true })
    expect(answer).toMatchObject({ status: 200 })
  }
  const answer = await post('bob', '/rpc/limited/many', { items: [], open: true })
  expect(answer).toMatchObject({ status: 429 })
})

it.each([-1, 0.5, 2 ** 53 - 1, Number.NaN])('takes no children from %d on', async (from) => {
  const id = await gateway.startMany('load', [], { open: true })
  const adding = gateway.addMany(id, ['fine'], { from })
  await expect(adding).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' })
  await gateway.cancel(id)
})

it('of many that ends while it starts is a group that has ended', async () => {
  const words = ['bad', ...Array.from({ length: 2_000 }, (_, n) => `hold late ${n}`)]
  const id = await gateway.startMany('load', words, { onFailure: 'stop' })
  await becomes(id, { status: 'failed', children: { failed: 1, running: 0 } })
})
