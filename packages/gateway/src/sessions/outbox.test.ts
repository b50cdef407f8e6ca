import { expect, it } from 'vitest'
import { createOutbox } from './outbox.ts'

/** An outbox to a reader that takes `room` chunks before it asks to wait. */
function outboxTo(room: number) {
  const read: string[] = []
  const reader = { room }
  const outbox = createOutbox((bytes) => {
    read.push(bytes.toString())
    reader.room -= 1
    return reader.room > 0
  })
  const send = (target: string, text: string): void => outbox.send(target, Buffer.from(text))
  return { read, reader, outbox, send }
}

it('passes everything on to a reader that keeps up', () => {
  const { read, send } = outboxTo(Number.POSITIVE_INFINITY)
  send('a', 'a1')
  send('a', 'a2')
  expect(read).toEqual(['a1', 'a2'])
})

it('keeps only the newest of each target for a slow one, and forgets none', () => {
  const { read, reader, outbox, send } = outboxTo(1)
  for (const text of ['a1', 'a2', 'b1', 'a3', 'b2']) send(text.charAt(0), text)
  expect(read).toEqual(['a1'])
  reader.room = Number.POSITIVE_INFINITY
  outbox.drain()
  expect(read).toEqual(['a1', 'a3', 'b2'])
})

it('stops draining where the reader asks to wait again', () => {
  const { read, reader, outbox, send } = outboxTo(1)
  for (const text of ['a1', 'a2', 'b1']) send(text.charAt(0), text)
  reader.room = 1
  outbox.drain()
  expect(read).toEqual(['a1', 'a2'])
  send('a', 'a3')
  reader.room = Number.POSITIVE_INFINITY
  outbox.drain()
  expect(read).toEqual(['a1', 'a2', 'b1', 'a3'])
})

it('pings only who has nothing to read', () => {
  const { read, outbox, send } = outboxTo(2)
  outbox.ping(Buffer.from(':'))
  send('a', 'a1')
  outbox.ping(Buffer.from(':'))
  expect(read).toEqual([':', 'a1'])
})

it('says nothing more of a target that nobody follows', () => {
  const { read, reader, outbox, send } = outboxTo(1)
  for (const text of ['a1', 'a2', 'b1']) send(text.charAt(0), text)
  outbox.forget('a')
  reader.room = Number.POSITIVE_INFINITY
  outbox.drain()
  expect(read).toEqual(['a1', 'b1'])
})

it('writes nothing after its end', () => {
  const { read, reader, outbox, send } = outboxTo(1)
  for (const text of ['a1', 'a2']) send(text.charAt(0), text)
  outbox.close()
  reader.room = Number.POSITIVE_INFINITY
  outbox.drain()
  send('a', 'a3')
  outbox.ping(Buffer.from(':'))
  expect(read).toEqual(['a1'])
})
