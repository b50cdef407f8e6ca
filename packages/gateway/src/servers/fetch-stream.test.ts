import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createOutboxes, type Outbox } from '../streams/outbox.ts'
import { toStreamBody } from './fetch-stream.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => void vi.useRealTimers())

const piece = 'x'.repeat(50_000)

/** A stream that has sent three pieces, more than it may hold; its reader has read none. */
function openUnread() {
  const outboxes = createOutboxes()
  const closed = vi.fn()
  let outbox: Outbox | undefined
  const body = toStreamBody((sink) => {
    outbox = outboxes.open((batch) => sink.write(batch))
    outbox.connect(sink)
    return { drained: () => outbox?.drain(), closed }
  }, new AbortController().signal)
  const taken = vi.fn()
  for (let sent = 0; sent < 3; sent += 1) {
    outbox?.sendNow(piece)
    outbox?.whenTaken(sent === 2 ? taken : () => undefined)
  }
  return { reader: body.getReader(), taken, closed }
}

it('a stream that takes nothing for a minute while answers wait for it ends', async () => {
  const { reader, closed } = openUnread()
  vi.advanceTimersByTime(59_999)
  expect(closed).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1)
  expect(closed).toHaveBeenCalledOnce()
  await expect(reader.read()).rejects.toThrow('was not read for a minute')
})

it('a slow reader keeps its stream, and nothing is expected once it has taken the answers', async () => {
  const { reader, taken, closed } = openUnread()
  await reader.read()
  vi.advanceTimersByTime(100_000)
  expect([closed.mock.calls, taken.mock.calls]).toEqual([[], []])
  await reader.read()
  await expect.poll(() => taken).toHaveBeenCalledOnce()
  vi.advanceTimersByTime(1_000_000)
  expect(closed).not.toHaveBeenCalled()
})
