import { describe, expect, it } from 'vitest'
import { createTransport, type Sent } from '../../test/support/transport.ts'
import type { ClientOptions } from '../options.ts'
import type { BatchItem } from '../protocol/envelopes.ts'
import { fromEventStream } from './event-stream.ts'

/* [protocol] Registrations in the stream 6: which requests open a stream. */

const items: BatchItem[] = [{ kind: 'job', id: 'a', job_id: 'a' }]
const offered = { 'x-headway-capabilities': 'stream-answers' }
const other = { 'x-headway-capabilities': 'get' }

const stream = (headers = {}): Response =>
  new Response('', { headers: { 'content-type': 'text/event-stream', ...headers } })
const refused = (status: number, headers = {}): Response =>
  Response.json({ code: 'NO', message: 'no' }, { status, headers })

const textOf = ({ method = 'GET', body }: Sent): string =>
  method === 'GET' ? method : `POST ${JSON.parse(String(body)).items.length}`

/** Opens streams of one client, one after the other. */
function createOpening(answer: (text: string) => Response, options: ClientOptions = {}) {
  const sent: string[] = []
  const carried: (readonly BatchItem[] | null)[] = []
  const transport = createTransport((request) => {
    const text = textOf(request)
    sent.push(text)
    return answer(text)
  }, options)
  const open = (isCarrying = true): Promise<unknown> =>
    new Promise((resolve) => {
      const request = {
        isCarrying,
        onSent: () => undefined,
        takeItems: () => items,
        onCarried: (own: readonly BatchItem[] | null) => void carried.push(own),
      }
      fromEventStream(transport, request, () => undefined).subscribe({
        error: resolve,
        complete: () => resolve('a stream'),
      })
    })
  return { transport, sent, carried, open }
}

describe('a server with stream-answers', () => {
  it('gets the items with the request', async () => {
    const { sent, carried, open } = createOpening(() => stream(offered))
    expect(await open()).toBe('a stream')
    expect(sent).toEqual(['POST 1'])
    expect(carried.at(-1)).toEqual(items)
  })

  it.each([400, 403, 404, 413, 415, 422, 431, 501])(
    'that refuses them with %i gets a POST without items',
    async (status) => {
      const { sent, carried, open } = createOpening((text) =>
        text === 'POST 1' ? refused(status, offered) : stream(offered),
      )
      expect(await open()).toBe('a stream')
      expect(sent).toEqual(['POST 1', 'POST 0'])
      expect(carried.at(-1)).toEqual([])
    },
  )

  it('that refuses that, too, gets a GET', async () => {
    const { sent, carried, open } = createOpening((text) =>
      text === 'GET' ? stream(offered) : refused(403, offered),
    )
    expect(await open()).toBe('a stream')
    expect(sent).toEqual(['POST 1', 'POST 0', 'GET'])
    expect(carried.at(-1)).toBeNull()
  })

  it('gets a POST without items, when one of them is suspected', async () => {
    const { transport, sent, open } = createOpening(() => stream(offered))
    transport.capabilities.learn(['stream-answers'])
    expect(await open(false)).toBe('a stream')
    expect(sent).toEqual(['POST 0'])
  })

  it.each([401, 406, 408, 410, 429, 500, 502, 503])(
    'that answers %i has not refused the items: the error is that of the stream',
    async (status) => {
      const { sent, open } = createOpening(() => refused(status, offered))
      expect(await open()).toMatchObject({ name: 'RpcError', status })
      expect(sent).toEqual(['POST 1'])
    },
  )
})

describe('a server that is not known', () => {
  it.each([404, 405])('and answers a POST with %i gets a GET: it is a Forge', async (status) => {
    const { sent, carried, open } = createOpening((text) =>
      text === 'GET' ? stream() : refused(status),
    )
    expect(await open()).toBe('a stream')
    expect(sent).toEqual(['POST 1', 'GET'])
    expect(carried.at(-1)).toBeNull()
  })

  it.each([413, 403, 400])('and behind something that answers %i gets a GET', async (status) => {
    const { sent, open } = createOpening((text) =>
      text === 'POST 1' ? refused(status) : stream(offered),
    )
    expect(await open()).toBe('a stream')
    expect(sent).toEqual(['POST 1', 'GET'])
    // From here on it is known.
    await open()
    expect(sent.slice(2)).toEqual(['POST 1', 'POST 0'])
  })

  it('gets a GET, when a POST is suspected: something on the way may take none', async () => {
    const { sent, open } = createOpening(() => stream())
    await open(false)
    expect(sent).toEqual(['GET'])
  })

  it('nor has stream-answers, as its refusal says, gets a GET', async () => {
    const { sent, open } = createOpening((text) =>
      text === 'GET' ? stream(other) : refused(404, other),
    )
    await open()
    await open()
    expect(sent).toEqual(['POST 1', 'GET', 'GET'])
  })
})

it.each<[string, readonly string[]]>([
  ['of a Forge', []],
  ['of another server', ['get']],
])('the capabilities %s are enough: it gets no POST', async (_, words) => {
  const { transport, sent, open } = createOpening(() => stream())
  transport.capabilities.learn(words)
  await open()
  expect(sent).toEqual(['GET'])
})

it('what is followed is read anew, when a token is renewed after a 401', async () => {
  let reads = 0
  const tokens = ['old', 'new']
  const transport = createTransport(() => (reads === 1 ? refused(401) : stream(offered)), {
    token: () => tokens.shift() ?? null,
  })
  await new Promise<void>((resolve) => {
    const request = {
      isCarrying: true,
      onSent: () => undefined,
      takeItems() {
        reads += 1
        return items.slice(0, reads - 1)
      },
      onCarried: () => undefined,
    }
    fromEventStream(transport, request, () => undefined).subscribe({ complete: resolve })
  })
  expect(transport.sent.map(textOf)).toEqual(['POST 0', 'POST 1'])
})
