import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { ask, bearer, begin, change, nobody, open } from './support/access-gateway.ts'
import { batch, itemOf, leave, other, ours } from './support/other-gateway.ts'

/* Two gateways over one database, and a balancer that sends each request to the wrong one. */

describe('a registration at another gateway', () => {
  it('is accepted there, answered in the stream, and followed by its pushes', async () => {
    const ann = await bearer('ann')
    const stream = await open(ann, ours, other, [])
    const id = await begin(ann)
    expect(await batch(stream, ann, [itemOf(id)], 1)).toMatchObject({ status: 202, data: null })
    expect(await stream.untilAnswer(id)).toMatchObject({ kind: 'job', id, success: true })
    await change(id, 'moved')
    await stream.until(({ message }) => message === 'moved')
  })

  it('is refused in the stream, item by item', async () => {
    const [ann, bob] = [await bearer('ann'), await bearer('bob')]
    const stream = await open(ann, ours, other, [])
    const [hers, his, none] = [await begin(ann), await begin(bob), randomUUID()]
    await batch(stream, ann, [itemOf(hers), itemOf(his), itemOf(none), { kind: '?', id: 'x' }], 1)
    expect(await stream.untilAnswer(hers)).toMatchObject({ success: true })
    expect(await stream.untilAnswer(his)).toMatchObject({ error: { code: 'FORBIDDEN' } })
    expect(await stream.untilAnswer(none)).toMatchObject({ error: { code: 'JOB_NOT_FOUND' } })
    expect(await stream.untilAnswer('x')).toMatchObject({ error: { code: 'NOT_FOUND' } })
  })

  it('is answered whatever its id is', async () => {
    const ann = await bearer('ann')
    const stream = await open(ann, ours, other, [])
    const [hers, odd] = [await begin(ann), { toString: 1 }]
    await batch(stream, ann, [{ kind: 'job', id: odd }, itemOf(hers)], 1)
    expect(await stream.untilAnswer(hers)).toMatchObject({ success: true })
    const answer = await stream.untilAnswer(JSON.stringify(odd))
    expect(answer).toMatchObject({ error: { code: 'UNPROCESSABLE_ENTITY' } })
  })

  it('counts against the limits of the gateway with the session', async () => {
    const ann = await bearer('ann')
    const ids = await Promise.all([0, 1, 2, 3].map(() => begin(ann)))
    const stream = await open(ann, ours, other, ids.slice(0, 3).map(itemOf))
    await batch(stream, ann, [itemOf(ids[3] ?? '')], 1)
    const refused = await stream.untilAnswer(ids[3] ?? '')
    expect(refused).toMatchObject({ error: { code: 'TOO_MANY_SUBSCRIPTIONS' } })
  })

  it('of a query is run where the session is', async () => {
    const ann = await bearer('ann')
    const stream = await open(ann, ours, other, [])
    const item = { kind: 'query', id: 'n', function: 'notes', args: { text: 'a\0b\ud800' } }
    expect(await batch(stream, ann, [item], 1)).toMatchObject({ status: 202 })
    expect(await stream.untilAnswer('n')).toMatchObject({ kind: 'query', success: true, data: [] })
  })

  it.each(['/subscribe-job', '/subscribe-workflow', '/subscribe'])(
    'by itself: %s',
    async (path) => {
      const ann = await bearer('ann')
      const stream = await open(ann, ours, other, [])
      const ids = { id: 'one', job_id: await begin(ann), workflow_id: randomUUID() }
      const body = { ...stream.session, ...ids, function: 'notes', args: null }
      expect(await ask('POST', path, ann, body)).toMatchObject({ status: 202, data: null })
      const answer = await stream.untilAnswer('one')
      expect(answer.success).toBe(path !== '/subscribe-workflow')
    },
  )

  it('names its session in upper or lower case, as at its own', async () => {
    const ann = await bearer('ann')
    const stream = await open(ann, ours, other, [])
    const session_id = stream.session.session_id.toUpperCase()
    const body = { ...stream.session, session_id, items: [] }
    expect(await ask('POST', '/subscribe-batch', ann, body)).toMatchObject({ status: 202 })
    expect(await ask('POST', '/subscribe-batch', ann, body, other)).toMatchObject({ status: 200 })
  })

  it('of a wrong body is refused at once', async () => {
    const ann = await bearer('ann')
    const stream = await open(ann, ours, other, [])
    const many = Array.from({ length: 101 }, () => itemOf(randomUUID()))
    expect(await batch(stream, ann, many, 1)).toMatchObject({ code: 'INVALID_ARGUMENT' })
    for (const seq of [0, -1, 1.5, '1'] as number[]) {
      expect(await batch(stream, ann, [], seq)).toMatchObject({ code: 'UNPROCESSABLE_ENTITY' })
    }
  })
})

describe('to unsubscribe at another gateway', () => {
  it('is answered 200, whether there is such a registration or not', async () => {
    const ann = await bearer('ann')
    const stream = await open(ann, ours, other, [])
    const item = itemOf(randomUUID())
    const batched = await leave(stream, ann, [item], 1)
    expect([batched.status, batched.data]).toEqual([200, null])
    const single = await ask('POST', '/unsubscribe', ann, { ...stream.session, ...item, seq: 2 })
    expect([single.status, single.code]).toEqual([200, undefined])
  })
})

describe('the sender is checked where the request arrives', () => {
  it.each([
    ['another user', 403, 'SESSION_PRINCIPAL_MISMATCH', () => bearer('bob')],
    ['nobody', 403, 'SESSION_PRINCIPAL_MISMATCH', async () => nobody],
  ])('%s', async (_, status, code, headersOf) => {
    const ann = await bearer('ann')
    const stream = await open(ann, ours, other, [])
    const headers = await headersOf()
    expect(await batch(stream, headers, [], 1)).toMatchObject({ status, code })
    expect(await leave(stream, headers, [], 1)).toMatchObject({ status, code })
  })

  it('a wrong secret', async () => {
    const ann = await bearer('ann')
    const { session } = await open(ann, ours, other, [])
    const [stream, foreign] = [
      await open(ann, ours, other, []),
      await open(nobody, ours, other, []),
    ]
    for (const { session_secret } of [foreign.session, { session_secret: randomUUID() }]) {
      const body = { ...session, session_secret, items: [] }
      const code = 'INVALID_SESSION_SECRET'
      expect(await ask('POST', '/subscribe-batch', ann, body)).toMatchObject({ status: 401, code })
      expect(await ask('POST', '/unsubscribe-batch', ann, body)).toMatchObject({ status: 403 })
    }
    stream.close()
  })

  it('a session that was opened with GET is known to its own gateway alone', async () => {
    const ann = await bearer('ann')
    const stream = await open(ann, ours, other)
    expect(await batch(stream, ann, [], 1)).toMatchObject({
      status: 404,
      code: 'SESSION_NOT_FOUND',
    })
    const left = await leave(stream, ann, [], 1)
    expect(left).toMatchObject({ status: 404, code: 'SUBSCRIPTION_NOT_FOUND' })
  })
})
