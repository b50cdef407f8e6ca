import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { firstValueFrom, lastValueFrom, materialize, Observable, toArray } from 'rxjs'
import { afterEach, expect, it } from 'vitest'
import { fromEventStream } from '../src/connection/event-stream.ts'
import { resolveOptions } from '../src/options.ts'
import { encodeEvent, type Frame, ping } from '../src/protocol/index.ts'
import { createCapabilities } from '../src/rpc/capabilities.ts'
import { emptyRequest } from './support/stream-over.ts'

let server: Server | undefined

afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

/** A stream from a real server on a free port. */
async function streamFrom(listener: RequestListener) {
  const listening = createServer(listener)
  server = listening
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve))
  const { port } = listening.address() as AddressInfo
  const options = resolveOptions({ url: `http://127.0.0.1:${port}` })
  const token = {
    ask: async () => null,
    renew: async () => null,
    change: async () => null,
    close: () => undefined,
  }
  const capabilities = createCapabilities()
  const api = { options, token, capabilities, isClosed: () => false, pending: new Set<never>() }
  // Chunks and frames, in their order.
  return new Observable<Frame | 'bytes'>((subscriber) =>
    fromEventStream(api, emptyRequest, (event, data) => subscriber.next({ event, data })).subscribe(
      {
        next: () => subscriber.next('bytes'),
        error: (error) => subscriber.error(error),
        complete: () => subscriber.complete(),
      },
    ),
  )
}

const asSse = { 'content-type': 'text/event-stream' }
const update = { type: 'update', target: 'job:1', payload: { note: 'zwölf ✓' } } as const
const frame: Frame = { event: 'update', data: JSON.stringify(update) }

it('passes on each frame, emits for each chunk, and completes when the server ends it', async () => {
  const stream$ = await streamFrom((_, response) => {
    response.writeHead(200, asSse).write(ping)
    response.end(encodeEvent(update))
  })
  const signals = await lastValueFrom(stream$.pipe(toArray()))
  expect(signals[0]).toBe('bytes')
  expect(signals.filter((signal) => signal !== 'bytes')).toEqual([frame])
})

it.each(['Text/Event-Stream', 'TEXT/EVENT-STREAM;charset=UTF-8', ' text/event-stream ; a="b"'])(
  'reads a stream of the type %j',
  async (type) => {
    const stream$ = await streamFrom((_, response) => {
      response.writeHead(200, { 'content-type': type }).end(encodeEvent(update))
    })
    expect(await lastValueFrom(stream$.pipe(toArray()))).toContainEqual(frame)
  },
)

it.each(['text/event-streams', 'application/json', 'text/plain; text/event-stream'])(
  'refuses the type %s',
  async (type) => {
    const stream$ = await streamFrom((_, response) => {
      response.writeHead(200, { 'content-type': type }).end(encodeEvent(update))
    })
    const [notification] = await lastValueFrom(stream$.pipe(materialize(), toArray()))
    expect(notification).toMatchObject({ kind: 'E', error: { code: 'HTTP_200' } })
  },
)

it('treats an `error` event of the server as a frame, not as a failure', async () => {
  const event = { type: 'error', target: 'session', code: 'SESSION_EXPIRED', message: '' } as const
  const stream$ = await streamFrom((_, response) => {
    response.writeHead(200, asSse).end(encodeEvent(event))
  })
  const signals = await lastValueFrom(stream$.pipe(toArray()))
  const data = JSON.stringify(event)
  expect(signals).toContainEqual({ event: 'error', data })
})

it('errors when the connection is cut', async () => {
  const stream$ = await streamFrom((request, response) => {
    response.writeHead(200, asSse).write(encodeEvent(update), () => request.socket.destroy())
  })
  const notifications = await lastValueFrom(stream$.pipe(materialize(), toArray()))
  expect(notifications.at(-1)).toMatchObject({ kind: 'E' })
})

it.each([
  ['a refusal', 503, '{"code":"SSE_AT_CAPACITY","message":"full"}', 'SSE_AT_CAPACITY', 'full'],
  ['a proxy’s page', 502, '<h1>Bad gateway</h1>', 'HTTP_502', 'an unknown body'],
  ['a page in place of a stream', 200, '<h1>Sign in</h1>', 'HTTP_200', 'an unknown body'],
])('errors with the code and the message of %s', async (_, status, body, code, message) => {
  const stream$ = await streamFrom((_request, response) => {
    response.writeHead(status, { 'retry-after': '5' }).end(body)
  })
  const { kind, error } = await firstValueFrom(stream$.pipe(materialize())).then(
    (notification) => ({ error: undefined, ...notification }),
  )
  expect(kind).toBe('E')
  expect(error).toMatchObject({ name: 'RpcError', code, status, retryAfterMs: 5_000 })
  expect(String(error)).toContain(message)
})

it('closes the socket when it is unsubscribed', async () => {
  let onClose: () => void = () => undefined
  const closed = new Promise<void>((resolve) => {
    onClose = resolve
  })
  const stream$ = await streamFrom((request, response) => {
    request.socket.on('close', onClose)
    response.writeHead(200, asSse).write(ping)
  })
  await firstValueFrom(stream$)
  await closed
})
