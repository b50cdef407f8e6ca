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
