import { describe, expect, it } from 'vitest'
import { createTransport } from '../../test/support/transport.ts'
import { RpcError } from '../errors.ts'
import { request, toRpcError } from './request.ts'

const now = Date.UTC(2026, 0, 1)
const date = (ms: number): string => new Date(ms).toUTCString()
const busy = (headers: Record<string, string>, error: object = {}): RpcError =>
  toRpcError(
    new Response(null, { status: 503, headers }),
    { code: 'BUSY', ...error },
    'GET http://gateway/_api/events',
    now,
  )

describe('a refused request rejects with', () => {
  const ask = (answer: () => Response) =>
    request(createTransport(answer), { method: 'GET', path: '/jobs/1' })

  it('the code, the message and the details of the server', async () => {
    const error = { code: 'INVALID', message: 'too short', details: { path: ['name'] } }
    const refused = ask(() => Response.json({ success: false, error }, { status: 422 }))
    await expect(refused).rejects.toBeInstanceOf(RpcError)
    await expect(refused).rejects.toMatchObject({ ...error, status: 422, retryAfterMs: null })
  })

  it.each([
    ['a page of a proxy', new Response('<h1>Bad gateway</h1>', { status: 502 }), 'HTTP_502'],
    ['JSON that is no envelope', Response.json({ ok: true }), 'HTTP_200'],
    ['an empty body', new Response(null, { status: 204 }), 'HTTP_204'],
    ['a failure without a code', Response.json({ success: false }, { status: 500 }), 'HTTP_500'],
  ])('its status as the code when the answer is %s', async (_, answer, code) => {
    const refused = ask(() => answer)
    await expect(refused).rejects.toMatchObject({ code, status: answer.status, details: null })
    await expect(refused).rejects.toThrow('GET http://gateway/_api/jobs/1')
  })

  it('the code of an error without an envelope, as refused streams send it', async () => {
    const body = { code: 'TOO_MANY_SESSIONS', message: 'ten are open' }
    await expect(ask(() => Response.json(body, { status: 429 }))).rejects.toMatchObject(body)
  })
})

describe('retryAfterMs is', () => {
  it.each([
    ['the seconds of Retry-After', { 'retry-after': '7' }, 7_000],
    ['fractions of a second, too', { 'retry-after': '7.5' }, 7_500],
    ['the first of several headers', { 'retry-after': '7, 9' }, 7_000],
    ['the time until its date', { 'retry-after': date(now + 7_000) }, 7_000],
    [
      'the time between the date of the answer and its date',
      { 'retry-after': date(7_000), date: date(1_000) },
      6_000,
    ],
    ['0 for a date that is past', { 'retry-after': date(now - 7_000) }, 0],
    ['null without the header', {}, null],
    ['null for a header that is neither', { 'retry-after': 'soon' }, null],
  ])('%s', (_, headers, expected) => {
    expect(busy(headers).retryAfterMs).toBe(expected)
  })

  it.each([
    ['the seconds of the body', 7, 7_000],
    ['0 for less than that', -7, 0],
  ])('%s', (_, retry_after_secs, expected) => {
    expect(busy({}, { retry_after_secs }).retryAfterMs).toBe(expected)
  })

  it('what the header says when the body says another time', () => {
    expect(busy({ 'retry-after': '7' }, { retry_after_secs: 9 }).retryAfterMs).toBe(7_000)
  })
})
