import { describe, expect, it } from 'vitest'
import { ask, bearer, begin, change, open, serve, sign } from './support/access-gateway.ts'
import { batch, itemOf, leave, other, ours } from './support/other-gateway.ts'

describe('requests that overtake each other', () => {
  it('an earlier unsubscribe ends nothing that a later request has registered', async () => {
    const ann = await bearer('ann')
    const id = await begin(ann)
    const stream = await open(ann, ours, other, [])
    expect(await batch(stream, ann, [itemOf(id)], 5, other)).toMatchObject({ status: 200 })
    await leave(stream, ann, [itemOf(id)], 4)
    // The order of what is left for one gateway is kept: once this is answered, that was handled.
    await batch(stream, ann, [itemOf(await begin(ann))], 6)
    await change(id, 'still followed')
    await stream.until(({ message }) => message === 'still followed')
    await leave(stream, ann, [itemOf(id)], 7)
    const last = await begin(ann)
    await batch(stream, ann, [itemOf(last)], 8)
    await stream.untilAnswer(last)
    await change(id, 'not followed')
    await change(last, 'followed')
    await stream.until(({ message }) => message === 'followed')
    expect(stream.pushed.map(({ message }) => message)).not.toContain('not followed')
  })

  it('nor when that registration was repeated by an even earlier request', async () => {
    const ann = await bearer('ann')
    const id = await begin(ann)
    const stream = await open(ann, ours, other, [])
    for (const seq of [5, 3]) await batch(stream, ann, [itemOf(id)], seq, other)
    await leave(stream, ann, [itemOf(id)], 4, other)
    await change(id, 'still followed')
    await stream.until(({ message }) => message === 'still followed')
  })

  it('what was carried by the stream ends by any later request', async () => {
    const ann = await bearer('ann')
    const id = await begin(ann)
    const stream = await open(ann, ours, other, [itemOf(id)])
    await stream.untilAnswer(id)
    expect(await leave(stream, ann, [itemOf(id)], 1, other)).toMatchObject({ status: 200 })
    const single = { ...stream.session, ...itemOf(id), seq: 2 }
    const left = await ask('POST', '/unsubscribe', ann, single, other)
    expect(left).toMatchObject({ code: 'SUBSCRIPTION_NOT_FOUND' })
  })

  it('the token of the highest number counts', async () => {
    const support = { authorization: `Bearer ${await sign('sue', { roles: ['support'] })}` }
    const plain = await bearer('sue')
    const id = await begin(await bearer('ann'))
    const third = await serve({
      authorize: ({ principal }) => principal?.roles.includes('support') === true,
    })
    const stream = await open(plain, ours, third, [])
    expect(await batch(stream, support, [itemOf(id)], 2)).toMatchObject({ status: 202 })
    expect(await stream.untilAnswer(id)).toMatchObject({ success: true })
    // Sent before, with fewer rights, and overtaken.
    await batch(stream, plain, [], 1)
    await batch(stream, support, [itemOf(await begin(support))], 3)
    await change(id, 'may read')
    await stream.until(({ message }) => message === 'may read')
    await batch(stream, plain, [], 4)
    await stream.untilEvents((types) => types.includes('error'))
    expect(stream.errors).toEqual(['FORBIDDEN'])
  })
})
