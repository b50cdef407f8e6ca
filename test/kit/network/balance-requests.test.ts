import { once } from 'node:events'
import { Agent, createServer, get, type IncomingMessage } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { balanceRequests } from './balance-requests.ts'
import { certificate } from './certificate.ts'
import { createHttp2Fetch } from './http2-fetch.ts'
import { hasNginx, startNginx } from './nginx.ts'
import { answerAs, createCleanUp, refusing } from './testing/upstreams.ts'

const cleanUp = createCleanUp()
afterEach(cleanUp.run)

if (!hasNginx) console.warn('NOT TESTED: nginx, which is not installed (Debian: nginx-light)')

/** Every balancer that reads requests, with a `fetch` that speaks to it. */
const balancers = [
  { name: 'ours, HTTP/1.1', start: balanceRequests, isHttp2: false },
  {
    name: 'ours, HTTP/2',
    start: (upstreams: string[]) => balanceRequests(upstreams, { http2: certificate }),
    isHttp2: true,
  },
  ...(hasNginx
    ? [
        {
          name: 'nginx, HTTP/1.1',
          start: (upstreams: string[]) => startNginx({ upstreams }),
          isHttp2: false,
        },
        {
          name: 'nginx, HTTP/2',
          start: (upstreams: string[]) => startNginx({ upstreams, http2: certificate }),
          isHttp2: true,
        },
      ]
    : []),
]

describe.each(balancers)('$name', ({ start, isHttp2 }) => {
  const open = async (upstreams: string[]) => {
    const balancer = await start(upstreams)
    cleanUp.defer(balancer.close)
    const http2 = createHttp2Fetch({ ca: certificate.cert })
    cleanUp.defer(http2.close)
    const ask: typeof fetch = (path, init) =>
      (isHttp2 ? http2.fetch : fetch)(`${balancer.url}/_api/${path}`, init)
    return { ask, traffic: balancer.traffic }
  }

  it('gives each request to the next upstream, with its method, body and headers', async () => {
    const upstreams = await Promise.all(['a', 'b'].map((name) => cleanUp.keep(answerAs(name))))
    const { ask, traffic } = await open(upstreams)
    const answers = []
    for (let count = 0; count < 4; count += 1) {
      const init = { method: 'POST', body: 'body', headers: { 'x-own': String(count) } }
      const answer = await ask(`echo?count=${count}`, init)
      answers.push([answer.status, answer.headers.get('x-name'), await answer.text()])
    }
    const [first, second] = answers[0]?.[1] === 'a' ? ['a', 'b'] : ['b', 'a']
    expect(answers).toEqual(
      [first, second, first, second].map((name, count) => [
        201,
        name,
        `POST /_api/echo?count=${count} ${count} body`,
      ]),
    )
    await expect.poll(traffic).toEqual({
      upstreams: Object.fromEntries(upstreams.map((url) => [url, 2])),
      answers: { 'POST /_api/echo 201': 4 },
    })
  })

  it('passes a stream through as it comes, and its end to both sides', async () => {
    const streams: { write(text: string): void; end(): void; left: Promise<unknown> }[] = []
    const server = createServer((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' })
      // nginx holds the head of an HTTP/2 answer back until there is more.
      response.write('zero')
      const left = once(response, 'close')
      streams.push({
        write: (text) => void response.write(text),
        end: () => response.destroy(),
        left,
      })
    })
    const { ask } = await open([await cleanUp.keep(server)])
    const controller = new AbortController()
    const reader = (await ask('events', { signal: controller.signal })).body?.getReader()
    const read = async () => new TextDecoder().decode((await reader?.read())?.value)
    expect(await read()).toBe('zero')
    streams[0]?.write('one')
    expect(await read()).toBe('one')
    streams[0]?.write('two')
    expect(await read()).toBe('two')
    controller.abort()
    await streams[0]?.left

    const other = (await ask('events', {})).body?.getReader()
    await other?.read()
    streams[1]?.end()
    await expect(other?.read()).rejects.toThrow()
  })

  it('asks the next upstream in place of one that refuses', async () => {
    const upstreams = [await refusing(), await cleanUp.keep(answerAs('b'))]
    const { ask } = await open(upstreams)
    for (let count = 0; count < 3; count += 1) {
      const answer = await ask('echo', { method: 'POST', body: 'body' })
      expect([answer.headers.get('x-name'), answer.status]).toEqual(['b', 201])
      await answer.text()
    }
  })

  it('sends no request twice: a lost answer is a 502', async () => {
    let requests = 0
    const silent = () =>
      cleanUp.keep(
        createServer((request) => {
          requests += 1
          request.resume().once('end', () => request.socket.destroy())
        }),
      )
    const { ask, traffic } = await open([await silent(), await silent()])
    const answer = await ask('rpc/export', { method: 'POST', body: 'body' })
    await answer.text()
    expect([answer.status, requests]).toEqual([502, 1])
    await expect
      .poll(async () => (await traffic()).answers)
      .toEqual({ 'POST /_api/rpc/export 502': 1 })
  })

  it('answers 502 if all upstreams refuse', async () => {
    const { ask } = await open([await refusing(), await refusing()])
    const answer = await ask('echo', {})
    await answer.text()
    expect(answer.status).toBe(502)
  })
})

it('takes turns on one kept connection, too, and writes no ids in its counts', async () => {
  const upstreams = await Promise.all(['a', 'b'].map((name) => cleanUp.keep(answerAs(name))))
  const balancer = await balanceRequests(upstreams)
  cleanUp.defer(balancer.close)
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  cleanUp.defer(() => agent.destroy())
  const ports = new Set<number | undefined>()
  const names: unknown[] = []
  for (let count = 0; count < 4; count += 1) {
    const asked = get(`${balancer.url}/jobs/9c0c1d0f-0000-4000-8000-00000000000${count}`, { agent })
    const [answer] = (await once(asked, 'response')) as [IncomingMessage]
    ports.add(answer.socket.localPort)
    names.push(answer.headers['x-name'])
    await once(answer.resume(), 'end')
  }
  expect(ports.size).toBe(1)
  expect(names).toEqual(['a', 'b', 'a', 'b'])
  expect((await balancer.traffic()).answers).toEqual({ 'GET /jobs/{id} 201': 4 })
})
