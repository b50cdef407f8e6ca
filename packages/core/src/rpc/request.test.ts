import { describe, expect, it } from 'vitest'
import { outcomeOf } from '../../test/support/outcome.ts'
import { createTransport } from '../../test/support/transport.ts'
import { settled } from '../testing/fake-time.ts'
import { failure } from '../testing/index.ts'
import { type ApiRequest, request } from './request.ts'

const call: ApiRequest = { method: 'POST', path: '/rpc/add', body: { args: [1, 2] } }
const succeed = (data?: unknown): Response => Response.json({ success: true, data })
const never = (): Promise<Response> => new Promise(() => undefined)
/** An answer whose headers have come, and whose body does not. */
const withoutEnd = (): Response => new Response(new ReadableStream())

describe('what request() sends', () => {
  it('goes below /_api of the server, with the token, the credentials and the headers', async () => {
    const transport = createTransport(() => succeed(), {
      token: () => 'ada',
      credentials: 'include',
    })
    await request(transport, { method: 'GET', path: '/jobs/1', headers: { 'x-a': 'b' } })
    const headers = { authorization: 'Bearer ada', 'x-a': 'b' }
    expect(transport.sent).toMatchObject([
      { url: 'http://gateway/_api/jobs/1', method: 'GET', credentials: 'include', headers },
    ])
    expect(transport.sent[0]?.headers).toEqual(headers)
    expect(transport.sent[0]).not.toHaveProperty('body')
  })

  it('is JSON', async () => {
    const transport = createTransport(() => succeed())
    await request(transport, { ...call, headers: { 'x-a': 'b' } })
    expect(transport.sent[0]?.body).toBe('{"args":[1,2]}')
    expect(transport.sent[0]?.headers).toEqual({ 'x-a': 'b', 'content-type': 'application/json' })
  })

  it('is a form as it is, whose type the platform adds', async () => {
    const transport = createTransport(() => succeed())
    const body = new FormData()
    await request(transport, { ...call, body })
    expect(transport.sent[0]?.body).toBe(body)
    expect(transport.sent[0]?.headers).toEqual({ 'x-forge-platform': 'web' })
  })
})

describe('what request() resolves with', () => {
  it.each([
    ['data', { success: true, data: 3 }, { data: 3 }],
    ['data and its revision', { success: true, data: [], revision: 7 }, { data: [], revision: 7 }],
    ['null when there are no data', { success: true }, { data: null }],
  ])('%s', async (_, body, answer) => {
    const answered = await request(
      createTransport(() => Response.json(body)),
      call,
    )
    expect(answered).toMatchObject(answer)
    expect('revision' in answered).toBe('revision' in answer)
  })

  it('a file under its name', async () => {
    const headers = {
      'x-headway-answer': 'blob',
      'content-type': 'text/csv',
      'content-disposition': "attachment; filename*=UTF-8''gr%C3%B6%C3%9Fe.csv",
    }
    const transport = createTransport(() => new Response('a,b', { headers }))
    const { data } = await request(transport, call)
    expect(data).toBeInstanceOf(File)
    expect(data).toMatchObject({ name: 'größe.csv', type: 'text/csv', size: 3 })
  })

  it('a blob when the file has no name', async () => {
    const headers = { 'x-headway-answer': 'blob' }
    const transport = createTransport(() => new Response('a,b', { headers }))
    const { data } = await request(transport, call)
    expect(data).toBeInstanceOf(Blob)
    expect(data).not.toBeInstanceOf(File)
  })
})

describe('a request without an answer rejects with', () => {
  it('NETWORK when fetch fails, and the reason', async () => {
    const cause = new TypeError('fetch failed')
    const transport = createTransport(() => Promise.reject(cause))
    await expect(request(transport, call)).rejects.toMatchObject({ code: 'NETWORK', cause })
  })

  it('NETWORK when the body is cut', async () => {
    const cause = new TypeError('terminated')
    const body = () => new ReadableStream({ start: (controller) => controller.error(cause) })
    const transport = createTransport(() => new Response(body()))
    await expect(request(transport, call)).rejects.toMatchObject({ code: 'NETWORK', cause })
  })

  it.each([
    ['fetch does not answer, and ignores its signal', never],
    ['the body does not come', withoutEnd],
  ])('TIMEOUT after callTimeoutMs when %s', async (_, answer) => {
    const transport = createTransport(answer, { callTimeoutMs: 500 })
    const sent = request(transport, call)
    sent.catch(() => undefined)
    await transport.advance(499)
    expect(await outcomeOf(sent)).toBe('pending')
    await transport.advance(1)
    await expect(sent).rejects.toMatchObject({ code: 'TIMEOUT', status: null })
    expect(transport.sent[0]?.signal?.aborted).toBe(true)
  })

  it('TIMEOUT after its own timeoutMs', async () => {
    const transport = createTransport(never, { callTimeoutMs: 500 })
    const sent = request(transport, { ...call, timeoutMs: 50 })
    sent.catch(() => undefined)
    await transport.advance(50)
    await expect(sent).rejects.toMatchObject({ code: 'TIMEOUT' })
  })

  it('TOKEN when token() fails or hangs, and sends nothing', async () => {
    const cause = new Error('signed out')
    const failing = createTransport(never, { token: () => Promise.reject(cause) })
    await expect(request(failing, call)).rejects.toMatchObject({ code: 'TOKEN', cause })
    const hanging = createTransport(never, { token: () => new Promise(() => undefined) })
    const waiting = request(hanging, { ...call, timeoutMs: 50 })
    waiting.catch(() => undefined)
    await hanging.advance(50)
    await expect(waiting).rejects.toMatchObject({ code: 'TOKEN' })
    expect([...failing.sent, ...hanging.sent]).toEqual([])
  })

  it('TOKEN when the server refused the token, and a new one does not come', async () => {
    const transport = createTransport(() => failure(401, 'UNAUTHORIZED', 'expired'), {
      token: ({ force }) => (force ? new Promise(() => undefined) : 'old'),
    })
    const sent = request(transport, { ...call, timeoutMs: 50 })
    sent.catch(() => undefined)
    await transport.advance(50)
    await expect(sent).rejects.toMatchObject({ code: 'TOKEN' })
  })

  it('CLOSED when the client is closed', async () => {
    const transport = createTransport(never)
    const sent = request(transport, call)
    await settled()
    transport.close()
    await expect(sent).rejects.toMatchObject({ code: 'CLOSED' })
  })
})

describe('the signal of a request', () => {
  it.each([
    ['before the token has come', () => new Promise<string>(() => undefined), never],
    ['before the answer has come', () => 'ada', never],
    ['while the body comes', () => 'ada', withoutEnd],
  ])('ends it with its reason %s', async (_, token, answer) => {
    const transport = createTransport(answer, { token })
    const controller = new AbortController()
    const sent = request(transport, { ...call, signal: controller.signal })
    await settled()
    controller.abort('left')
    await expect(sent).rejects.toBe('left')
  })

  it('that is aborted already keeps it from being sent', async () => {
    const transport = createTransport(() => succeed())
    const sent = request(transport, { ...call, signal: AbortSignal.abort('left') })
    await expect(sent).rejects.toBe('left')
    await settled()
    expect(transport.sent).toEqual([])
  })
})

describe('onSent', () => {
  it('receives each token, and undefined while a new one is requested', async () => {
    const transport = createTransport(
      ({ headers }) =>
        new Headers(headers).get('authorization') === 'Bearer new'
          ? succeed()
          : failure(401, 'UNAUTHORIZED', 'expired'),
      { token: ({ force }) => (force ? 'new' : 'old') },
    )
    const tokens: (string | null | undefined)[] = []
    await request(transport, { method: 'GET', path: '/', onSent: (token) => tokens.push(token) })
    expect(tokens).toEqual(['old', undefined, 'new'])
  })

  it('that throws keeps the request from being sent, and its error is the result', async () => {
    const transport = createTransport(() => succeed())
    const refusal = new Error('another user')
    const onSent = (): never => {
      throw refusal
    }
    await expect(request(transport, { ...call, onSent })).rejects.toBe(refusal)
    expect(transport.sent).toEqual([])
  })
})

it.each<[how: string, answer: () => Response | Promise<Response>]>([
  ['answered', succeed],
  ['refused', () => failure(403, 'FORBIDDEN', 'not yours')],
  ['lost', () => Promise.reject(new TypeError('fetch failed'))],
])('a request that is %s leaves no timer, and closing has nothing to end', async (_, answer) => {
  const transport = createTransport(answer)
  await request(transport, call).catch(() => undefined)
  expect(transport.timers()).toBe(0)
  expect(transport.pending.size).toBe(0)
})
