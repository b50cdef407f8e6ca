import { expect, it } from 'vitest'
import { outboxTo } from '../../test/support/outbox-to.ts'
import type { Batch } from './batch.ts'
import { createOutboxes } from './outbox.ts'

it('passes everything on to a reader that keeps up', () => {
  const { read, sendInTurns } = outboxTo(Number.POSITIVE_INFINITY)
  sendInTurns('a1', 'a2')
  expect(read).toEqual(['a1', 'a2'])
})

it('writes to what it is connected to, once that is there', () => {
  const read: string[] = []
  let flush = (): void => undefined
  const outbox = createOutboxes((flushAll) => {
    flush = flushAll
  }).open(() => false)
  outbox.sendNow('early')
  outbox.connect({ write: (batch) => read.push(batch.bytes().toString()) > 0 })
  flush()
  outbox.sendNow('late')
  flush()
  expect(read).toEqual(['early', 'late'])
  expect(outbox.isBlocked()).toBe(false)
})

it('writes once per turn, in the order of what was said', () => {
  const { read, outbox, send, flush } = outboxTo(Number.POSITIVE_INFINITY)
  outbox.sendNow('hello,')
  send('a1,', 'b1,', 'a2')
  expect(read).toEqual([])
  flush()
  expect(read).toEqual(['hello,a1,b1,a2'])
})

it('makes the bytes of those who are told the same once', () => {
  const written: Batch[] = []
  let flush = (): void => undefined
  const outboxes = createOutboxes((flushAll) => {
    flush = flushAll
  })
  const streams = [1, 2, 3].map(() => outboxes.open((batch) => written.push(batch) > 0))
  for (const frame of ['a1', 'b1']) for (const outbox of streams) outbox.send(frame, frame)
  streams[2]?.send('c', 'c1')
  flush()
  const [first, second, third] = written.map((batch) => batch.bytes())
  expect(first).toBe(second)
  expect(String(second)).toBe('a1b1')
  expect(String(third)).toBe('a1b1c1')
})

it('keeps only the newest of each target for a slow one, and forgets none', () => {
  const { read, reader, outbox, sendInTurns } = outboxTo(1)
  sendInTurns('a1', 'a2', 'b1', 'a3', 'b2')
  expect(read).toEqual(['a1'])
  reader.room = Number.POSITIVE_INFINITY
  outbox.drain()
  expect(read).toEqual(['a1', 'a3', 'b2'])
})

it('stops draining where the reader asks to wait again', () => {
  const { read, reader, outbox, sendInTurns } = outboxTo(1)
  sendInTurns('a1', 'a2', 'b1')
  reader.room = 1
  outbox.drain()
  expect(read).toEqual(['a1', 'a2'])
  sendInTurns('a3')
  reader.room = Number.POSITIVE_INFINITY
  outbox.drain()
  expect(read).toEqual(['a1', 'a2', 'b1', 'a3'])
})

it('says of each frame once that it goes out, and never of one whose place a newer one took', () => {
  const { reader, outbox, flush } = outboxTo(1)
  const sent: string[] = []
  const send = (frame: string): void =>
    outbox.send(frame.charAt(0), frame, () => void sent.push(frame))
  send('a1')
  expect(sent).toEqual(['a1'])
  flush()
  for (const frame of ['a2', 'b1', 'c1', 'a3']) send(frame)
  expect(sent).toEqual(['a1'])
  outbox.forget('c')
  reader.room = 1
  outbox.drain()
  // The write that asks to wait has taken its frame, too.
  expect(sent).toEqual(['a1', 'a3'])
  reader.room = Number.POSITIVE_INFINITY
  outbox.drain()
  outbox.drain()
  expect(sent).toEqual(['a1', 'a3', 'b1'])
  outbox.close()
  send('a4')
  expect(sent).toEqual(['a1', 'a3', 'b1'])
})

it('pings only who has nothing to read', () => {
  const { read, outbox, sendInTurns, flush } = outboxTo(2)
  outbox.ping(':')
  flush()
  sendInTurns('a1')
  outbox.ping(':')
  flush()
  expect(read).toEqual([':', 'a1'])
})

it('says nothing more of a target that nobody follows', () => {
  const { read, reader, outbox, sendInTurns } = outboxTo(1)
  sendInTurns('a1', 'a2', 'b1')
  outbox.forget('a')
  reader.room = Number.POSITIVE_INFINITY
  outbox.drain()
  expect(read).toEqual(['a1', 'b1'])
})

it('sends what was said before its end, and nothing after', () => {
  const { read, reader, outbox, send, sendInTurns, flush } = outboxTo(1)
  sendInTurns('a1', 'a2')
  outbox.sendNow('goodbye')
  outbox.close()
  reader.room = Number.POSITIVE_INFINITY
  outbox.drain()
  send('a3')
  outbox.ping(':')
  outbox.sendNow('late')
  flush()
  expect(read).toEqual(['a1', 'goodbye'])
})

it('keeps no more for a slow reader than there is room for: the rest is to be registered again', () => {
  const { read, reader, outbox, sendInTurns } = outboxTo(1)
  const large = 'x'.repeat(1_500_000)
  const told: string[] = []
  sendInTurns('a1')
  for (const target of ['b', 'c', 'd', 'e']) {
    outbox.send(target, target + large, () => void told.push(target))
  }
  // A newer state that is small takes the place of a large one, and makes room.
  outbox.send('b', 'b2')
  outbox.send('e', `e${large}`, () => void told.push('e'))
  reader.room = Number.POSITIVE_INFINITY
  outbox.drain()
  expect(read.map((text) => text.slice(0, 60).trim())).toEqual([
    'a1',
    'b2',
    `c${large}`.slice(0, 60),
    'event: gap\ndata: {"type":"gap","target":"d"}',
    `e${large}`.slice(0, 60),
  ])
  expect(told).toEqual(['c', 'e'])
})

it('writes at once what is too much for one turn, so that a slow reader is noticed', () => {
  const { read, outbox, flush } = outboxTo(1)
  const large = 'x'.repeat(900_000)
  for (const target of ['a', 'b', 'c']) outbox.send(target, target + large)
  expect(read.map((text) => text.charAt(0))).toEqual(['a'])
  expect(outbox.isBlocked()).toBe(true)
  flush()
  expect(read).toHaveLength(1)
})

it('a stream that throws when it is written to is told nothing more, and all others are', () => {
  const read: string[] = []
  const broken: unknown[] = []
  let flush = (): void => undefined
  const outboxes = createOutboxes(
    (flushAll) => {
      flush = flushAll
    },
    (error) => broken.push(error),
  )
  const gone = new Error('the response is gone')
  const isGone = { now: true }
  const open = (name: string, breaks: boolean) =>
    outboxes.open((batch) => {
      if (breaks && isGone.now) throw gone
      read.push(`${name} ${batch.bytes()}`)
      return !breaks
    })
  const [bad, good] = [open('bad', true), open('good', false)]
  for (const outbox of [bad, good]) outbox.send('a', 'a1')
  flush()
  isGone.now = false
  for (const outbox of [bad, good]) outbox.send('a', 'a2')
  flush()
  expect(read).toEqual(['good a1', 'good a2'])
  // One that breaks while it catches up.
  const late = open('late', true)
  late.send('a', 'a3')
  flush()
  for (const target of ['a', 'b']) late.send(target, `${target}4`)
  isGone.now = true
  late.drain()
  expect(read.slice(2)).toEqual(['late a3'])
  expect(broken).toEqual([gone, gone])
})
