import type { Stream } from '@headway/conformance/wire'
import { describe, expect, it } from 'vitest'
import { bearer, begin, database, gateways, open, serve } from './support/access-gateway.ts'
import { createDatabaseProxy, query } from './support/database.ts'
import { batch, itemOf, leave, other, ours } from './support/other-gateway.ts'
import { createRefusingProxy } from './support/refusing-proxy.ts'

/* Requests about a session of another gateway that is away, or was. */

/** The statement that takes requests. */
const takes = /handled as [\s\S]*left_request/
/** The number of the gateway with this stream. */
const gatewayOf = ({ session }: Stream) => Number.parseInt(session.session_id.slice(0, 8), 16)

describe('a gateway that does not hear', () => {
  it('answers what was left for it once it hears again', async () => {
    const { url: listenDatabase, proxy } = await createDatabaseProxy(database)
    const deaf = await serve({ listenDatabase, pingSecs: 2 })
    const ann = await bearer('ann')
    const stream = await open(ann, ours, deaf, [])
    const id = await begin(ann)
    // The connection is open, and carries nothing any more.
    proxy.freeze()
    expect(await batch(stream, ann, [itemOf(id)], 1)).toMatchObject({ status: 202 })
    proxy.heal()
    expect(await stream.untilAnswer(id)).toMatchObject({ success: true })
    await gateways.pop()?.close()
    await proxy.close()
  })
})

describe('a gateway whose database loses an answer', () => {
  it('takes what was left for it all the same, once', async () => {
    const proxy = await createRefusingProxy(database)
    const third = await serve({ database: proxy.url, listenDatabase: database })
    const ann = await bearer('ann')
    const stream = await open(ann, ours, third, [])
    const id = await begin(ann)
    // What brings the request, then what removes it.
    for (const isHandled of [false, true]) {
      const matches = (text: string) => takes.test(text) && text.includes('{"') === isHandled
      const lost = proxy.refuse({ matches, state: 'cut', times: 1 })
      const seq = isHandled ? 2 : 1
      expect(await batch(stream, ann, [itemOf(id)], seq)).toMatchObject({ status: 202 })
      await stream.untilAnswers(seq)
      await expect.poll(() => lost.times).toBe(0)
      const left = () => query(database, 'select from headway.left_request')
      await expect.poll(left).toEqual([])
    }
    await gateways.pop()?.close()
    await proxy.close()
  })
})

describe('a gateway that does not take what was left for it', () => {
  it('gets no more: 503 while 4 MiB of the session wait', async () => {
    const ann = await bearer('ann')
    const stream = await open(ann, ours, other, [])
    const untaken = `insert into headway.left_request (gateway, session_id, request)
      values ($1, $2, repeat('x', 4194304))`
    await query(database, untaken, [gatewayOf(stream), stream.session.session_id])
    const full = { status: 503, code: 'SERVICE_UNAVAILABLE' }
    for (const send of [batch, leave]) expect(await send(stream, ann, [], 1)).toMatchObject(full)
    await query(database, 'delete from headway.left_request')
    expect(await batch(stream, ann, [], 1)).toMatchObject({ status: 202 })
  })
})

describe('a gateway that was forgotten', () => {
  it('ends its streams', async () => {
    const third = await serve()
    const stream = await open(await bearer('ann'), ours, third, [])
    await query(database, 'delete from headway.gateway where number = $1', [gatewayOf(stream)])
    await stream.ended
    expect(stream.errors).toEqual(['SESSION_NOT_FOUND'])
    await gateways.pop()?.close()
  })
})

describe('a session whose gateway does not live', () => {
  it('is not found once that one has stopped', async () => {
    const ann = await bearer('ann')
    const third = await serve()
    const stream = await open(ann, ours, third, [])
    await gateways.pop()?.close()
    for (const send of [batch, leave]) {
      expect(await send(stream, ann, [], 1)).toMatchObject({
        status: 404,
        code: 'SESSION_NOT_FOUND',
      })
    }
  })

  it('is not found once its lease is over', async () => {
    const ann = await bearer('ann')
    const third = await serve()
    const stream = await open(ann, ours, third, [])
    const past = `update headway.gateway set lease_until = now() - interval '1 s' where number = $1`
    await query(database, past, [gatewayOf(stream)])
    const refused = await batch(stream, ann, [], 1)
    expect(refused).toMatchObject({ status: 404, code: 'SESSION_NOT_FOUND' })
  })

  it('a session that has ended while its gateway lives: accepted, without effect', async () => {
    const ann = await bearer('ann')
    const stream = await open(ann, ours, other, [])
    stream.close()
    await stream.ended
    expect(await batch(stream, ann, [itemOf(await begin(ann))], 1)).toMatchObject({ status: 202 })
  })
})
