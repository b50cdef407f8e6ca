import { once } from 'node:events'
import { createServer, get, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it, vi } from 'vitest'
import { createOutboxes, type Outbox } from '../streams/outbox.ts'
import { openStream } from './node-stream.ts'

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

/** A stream over a real socket, and what its reader has read. */
async function openSlowly(prepare: (response: ServerResponse) => void = () => undefined) {
  let opened: { outbox: Outbox; response: ServerResponse; end: () => void } | undefined
  const closed = vi.fn()
  const server = createServer((_request, response) => {
    prepare(response)
    response.writeHead(200, { 'Content-Type': 'text/event-stream' })
    openStream(response, (sink) => {
      const outbox = createOutboxes().open((batch) => sink.write(batch))
      outbox.connect(sink)
      opened = { outbox, response, end: () => sink.end() }
      return { drained: () => outbox.drain(), closed }
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const request = get({ port: (server.address() as AddressInfo).port, host: '127.0.0.1' })
  closing.push(() => {
    request.destroy()
    server.close()
  })
  const [reader] = (await once(request, 'response')) as [IncomingMessage]
  let text = ''
  reader.setEncoding('utf8').on('data', (data: string) => {
    text += data
  })
  await expect.poll(() => opened).toBeDefined()
  return { ...(opened as NonNullable<typeof opened>), reader, closed, text: () => text }
}

const doors: [string, (response: ServerResponse) => void][] = [
  ['past the response', () => undefined],
  [
    'by a response that somebody else reads, such as a compression',
    (response) => {
      response.write = response.write.bind(response) as ServerResponse['write']
    },
  ],
]

it.each(doors)('a slow reader gets the newest, as often as it is slow: %s', async (_, prepare) => {
  const { outbox, response, reader, text } = await openSlowly(prepare)
  for (const time of ['first', 'second', 'third €']) {
    reader.pause()
    for (let sent = 0; !outbox.isBlocked(); sent += 1) {
      outbox.send(`job:${sent}`, `data: ${'x'.repeat(100_000)}\n\n`)
      await new Promise((resolve) => setImmediate(resolve))
    }
    outbox.send('job:1', `data: old ${time}\n\n`)
    outbox.send('job:1', `data: new ${time}\n\n`)
    outbox.sendNow(`data: at once ${time}\n\n`)
    reader.resume()
    await expect.poll(() => text()).toContain(`data: new ${time}\n\n`)
    expect(text()).toContain(`data: at once ${time}\n\n`)
    expect(text()).not.toContain('old')
    expect(outbox.isBlocked()).toBe(false)
  }
  // No listener is left but Node's own.
  expect(response.listenerCount('drain')).toBe(0)
  expect(response.socket?.listenerCount('drain')).toBe(1)
})

it('does no harm to write to a socket that is gone, before anybody has heard of it', async () => {
  const { outbox, response, closed } = await openSlowly()
  response.socket?.destroy()
  outbox.sendNow('data: late\n\n')
  await new Promise((resolve) => process.nextTick(resolve))
  outbox.sendNow('data: later\n\n')
  // An error would be unhandled, and fail this run.
  await expect.poll(() => closed).toHaveBeenCalledOnce()
})

it('is told once that the stream is over, also when the reader leaves while it is slow', async () => {
  const { outbox, reader, closed } = await openSlowly()
  reader.pause()
  while (!outbox.isBlocked()) {
    outbox.sendNow(`data: ${'x'.repeat(100_000)}\n\n`)
    await new Promise((resolve) => setImmediate(resolve))
  }
  reader.destroy()
  await expect.poll(() => closed).toHaveBeenCalledOnce()
  // A late write goes nowhere, and does no harm.
  outbox.sendNow('data: late\n\n')
  await new Promise((resolve) => setImmediate(resolve))
  expect(closed).toHaveBeenCalledOnce()
})

it('a reader is given a minute while answers wait for it, and no limit otherwise', async () => {
  const { outbox, response, reader, closed } = await openSlowly()
  const { socket } = response
  expect(socket?.timeout ?? 0).toBe(0)
  const taken = vi.fn()
  for (const isLast of [false, true]) {
    reader.pause()
    while (!outbox.isBlocked()) {
      outbox.sendNow(`data: ${'x'.repeat(100_000)}\n\n`)
      await new Promise((resolve) => setImmediate(resolve))
    }
    outbox.whenTaken(taken)
    expect(socket?.timeout).toBe(60_000)
    if (isLast) break
    reader.resume()
    await expect.poll(() => taken).toHaveBeenCalledOnce()
    expect(socket?.timeout).toBe(0)
  }
  expect(closed).not.toHaveBeenCalled()
  socket?.emit('timeout')
  await expect.poll(() => closed).toHaveBeenCalledOnce()
})

it('an ended stream that is not read is over after a minute', async () => {
  const { outbox, response, reader, closed, end } = await openSlowly()
  reader.pause()
  while (!outbox.isBlocked()) {
    outbox.sendNow(`data: ${'x'.repeat(100_000)}\n\n`)
    await new Promise((resolve) => setImmediate(resolve))
  }
  const { socket } = response
  outbox.close()
  end()
  expect(socket?.timeout).toBe(60_000)
  socket?.emit('timeout')
  await expect.poll(() => closed).toHaveBeenCalledOnce()
})
