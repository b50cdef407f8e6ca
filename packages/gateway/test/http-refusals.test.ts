import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { request as httpRequest } from 'node:http'
import { get, openStream, post, start, subscribe } from '@headway/conformance/wire'
import { isRecord } from '@headway/core/protocol'
import { describe, expect, it } from 'vitest'
import { asJson, send, stream, url } from './support/http-gateway.ts'

const nobody = () => ({ session_id: randomUUID(), session_secret: 'x', id: 'a' })
const somebody = () => ({ ...stream.session, id: 'a' })

describe('refusals: status, code and shape', () => {
  it.each<[string, () => Promise<{ status: number; body: unknown }>, number, string, 'A' | 'B']>([
    ['unknown function', () => post(url, '/rpc/nothing', {}), 404, 'NOT_FOUND', 'A'],
    ['a name of the prototype', () => post(url, '/rpc/toString', {}), 404, 'NOT_FOUND', 'A'],
    ['impossible name', () => post(url, '/rpc/a%20b', {}), 400, 'VALIDATION_ERROR', 'A'],
    ['no name', () => post(url, '/rpc', {}), 422, 'UNPROCESSABLE_ENTITY', 'A'],
    ['wrong arguments', () => post(url, '/rpc/export_users', {}), 400, 'INVALID_ARGUMENT', 'A'],
    [
      'malformed JSON',
      () => send('/rpc/plain', { method: 'POST', headers: asJson, body: '{' }),
      400,
      'BAD_REQUEST',
      'A',
    ],
    [
      'nested too deep',
      () =>
        send('/rpc/plain', { method: 'POST', headers: asJson, body: `{"args":${'['.repeat(64)}` }),
      400,
      'BAD_REQUEST',
      'A',
    ],
    ['no object', () => post(url, '/rpc/plain', [1]), 422, 'UNPROCESSABLE_ENTITY', 'A'],
    [
      'not declared as JSON',
      () => send('/rpc/plain', { method: 'POST', body: '{}' }),
      415,
      'UNSUPPORTED_MEDIA_TYPE',
      'A',
    ],
    [
      'too large',
      () => post(url, '/rpc/plain', { args: 'x'.repeat(3_000) }),
      413,
      'PAYLOAD_TOO_LARGE',
      'A',
    ],
    ['unknown path', () => get(url, '/admin'), 404, 'NOT_FOUND', 'A'],
    ['wrong method', () => get(url, '/rpc/plain'), 405, 'METHOD_NOT_ALLOWED', 'A'],
    ['job id no UUID', () => get(url, '/jobs/7'), 400, 'INVALID_JOB_ID', 'A'],
    ['unknown job', () => get(url, `/jobs/${randomUUID()}`), 404, 'JOB_NOT_FOUND', 'A'],
    [
      'cancel of an unknown job',
      () => post(url, `/jobs/${randomUUID()}/cancel`, {}),
      404,
      'JOB_NOT_FOUND',
      'A',
    ],
    [
      'a reason that is none',
      () => post(url, `/jobs/${randomUUID()}/cancel`, { reason: 1 }),
      422,
      'UNPROCESSABLE_ENTITY',
      'A',
    ],
    [
      'nothing to subscribe',
      () => post(url, '/subscribe-job', {}),
      422,
      'UNPROCESSABLE_ENTITY',
      'B',
    ],
    [
      'id too long',
      () => post(url, '/subscribe-job', { ...nobody(), id: 'ä'.repeat(128), job_id: '7' }),
      400,
      'INVALID_ID',
      'B',
    ],
    [
      'session no UUID',
      () => post(url, '/subscribe-job', { ...nobody(), session_id: '7', job_id: '7' }),
      400,
      'INVALID_SESSION',
      'B',
    ],
    [
      'unknown session',
      () => post(url, '/subscribe-job', { ...nobody(), job_id: '7' }),
      404,
      'SESSION_NOT_FOUND',
      'B',
    ],
    [
      'wrong secret',
      () =>
        post(url, '/subscribe-job', { ...somebody(), session_secret: randomUUID(), job_id: '7' }),
      401,
      'INVALID_SESSION_SECRET',
      'B',
    ],
    [
      'wrong secret, unsubscribing',
      () => post(url, '/unsubscribe', { ...somebody(), session_secret: '' }),
      403,
      'SESSION_PRINCIPAL_MISMATCH',
      'B',
    ],
    [
      'job no UUID',
      () => post(url, '/subscribe-job', { ...somebody(), job_id: '7' }),
      400,
      'INVALID_JOB_ID',
      'B',
    ],
    [
      'no such job',
      () => post(url, '/subscribe-job', { ...somebody(), job_id: randomUUID() }),
      404,
      'JOB_NOT_FOUND',
      'B',
    ],
    [
      'not registered',
      () => post(url, '/unsubscribe', somebody()),
      404,
      'SUBSCRIPTION_NOT_FOUND',
      'B',
    ],
  ])('%s', async (_, ask, status, code, shape) => {
    const answer = await ask()
    expect(answer.status).toBe(status)
    expect(answer.body).toMatchObject({ success: false, error: { code } })
    expect(isRecord(answer.body) && 'request_id' in answer.body).toBe(shape === 'A')
  })

  it('takes brackets in text for text, and 64 levels for few enough', async () => {
    const text = '\\"[{'.repeat(100)
    const deep = `{"args":${'['.repeat(63)}${']'.repeat(63)}}`
    expect(await post(url, '/rpc/plain', { args: text })).toMatchObject({ status: 200 })
    expect(await send('/rpc/plain', { method: 'POST', headers: asJson, body: deep })).toMatchObject(
      { status: 200 },
    )
  })

  it('answers nothing outside of /_api, however long its first part', async () => {
    const response = await fetch(`${url}/junk/health`)
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ success: false, error: { code: 'NOT_FOUND' } })
  })

  it('says where arguments do not fit', async () => {
    const { body } = await post(url, '/rpc/export_users', { args: {} })
    expect(body).toMatchObject({
      error: {
        message: 'The arguments do not fit the schema at format: a text is needed',
        details: [{ message: 'a text is needed', path: ['format'] }],
      },
    })
  })

  it('names the methods a path knows', async () => {
    expect((await get(url, '/rpc/plain')).headers.get('allow')).toBe('POST')
  })

  it('a failed registration leaves nothing behind; too many are refused', async () => {
    const ids = await Promise.all([1, 2, 3].map(() => start(url, 'plain')))
    await subscribe(url, stream, ids[0] ?? '')
    await subscribe(url, stream, ids[1] ?? '')
    // The same id again replaces, and takes no more room.
    await subscribe(url, stream, ids[1] ?? '')
    const third = { ...stream.session, id: 'third', job_id: ids[2] }
    expect(await post(url, '/subscribe-job', third)).toMatchObject({
      status: 429,
      body: { error: { code: 'TOO_MANY_SUBSCRIPTIONS' } },
    })
  })

  it('refuses one stream too many, bare, and says when to come back', async () => {
    const second = await openStream(url)
    const refused = await get(url, '/events')
    expect(refused).toMatchObject({
      status: 503,
      body: { code: 'SSE_AT_CAPACITY', retry_after_secs: 5 },
    })
    expect(refused.headers.get('retry-after')).toBe('5')
    second.close()
  })

  it('answers only under a name of this machine: another name is another site’s doing', async () => {
    const { port } = new URL(url)
    const asked = httpRequest({ port, path: '/_api/health', headers: { host: 'evil.example' } })
    asked.end()
    const [response] = await once(asked, 'response')
    expect(response.statusCode).toBe(403)
    response.resume()
  })
})
