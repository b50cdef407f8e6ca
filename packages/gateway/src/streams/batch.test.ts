import { expect, it } from 'vitest'
import { createBatch } from './batch.ts'

it('is one chunk, whose size counts bytes and not letters', () => {
  const batch = createBatch().add('data: ä€😀\n\n').add(': ping\n\n')
  expect(batch.bytes().toString()).toBe('data: ä€😀\n\n: ping\n\n')
  expect(batch.chunk().toString()).toBe(`19\r\n${batch.bytes()}\r\n`)
  expect(batch.chunk()).toBe(batch.chunk())
})

it('is the same for whoever adds the same', () => {
  const empty = createBatch()
  expect(empty.add('a').add('b')).toBe(empty.add('a').add('b'))
  expect(empty.add('b')).not.toBe(empty.add('a'))
})

it('is text for a stream alone, of which each letter is a byte, and one buffer for many', () => {
  const alone = createBatch().add('data: 1\n\n')
  expect(alone.chunk()).toBe('9\r\ndata: 1\n\n\r\n')
  const empty = createBatch()
  const [shared] = [empty.add('data: 1\n\n'), empty.add('data: 1\n\n')]
  expect(shared.chunk()).toEqual(Buffer.from('9\r\ndata: 1\n\n\r\n'))
  // A further frame of one outbox is not shared.
  expect(shared.add('data: 2\n\n').chunk()).toBe('12\r\ndata: 1\n\ndata: 2\n\n\r\n')
})

it.each(['é', '€', '😀', '\u00ff', '\ud800'])(
  'is bytes where a letter is more than one: %j',
  (letter) => {
    const chunk = createBatch().add(`data: ${letter}\n\n`).chunk()
    const bytes = Buffer.from(`data: ${letter}\n\n`)
    expect(chunk).toEqual(Buffer.from(`${bytes.length.toString(16)}\r\n${bytes}\r\n`))
  },
)
