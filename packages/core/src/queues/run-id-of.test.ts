import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { runIdOf } from './run-id-of.ts'
import { sha1 } from './sha1.ts'

it('is SHA-1, at every length around its blocks', () => {
  for (let length = 0; length < 300; length += 1) {
    const bytes = Uint8Array.from({ length }, (_, index) => (index * 37 + length) % 256)
    const expected = createHash('sha1').update(bytes).digest('hex')
    expect(Buffer.from(sha1(bytes)).toString('hex')).toBe(expected)
  }
})

it('is one UUIDv5 for one job, and never changes', () => {
  const id = runIdOf({ queue: 'transcode', id: '17' })
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(runIdOf({ queue: 'transcode', id: 17, prefix: 'bull' })).toBe(id)
  const others = [
    runIdOf({ queue: 'transcode', id: '18' }),
    runIdOf({ queue: 'mail', id: '17' }),
    runIdOf({ queue: 'transcode', id: '17', prefix: '{bull}' }),
    runIdOf({ queue: 'transcode', id: 'ä€😀' }),
  ]
  expect(new Set([id, ...others]).size).toBe(5)
  const bytes = [
    Buffer.from('9f6c2f0b7d7a4c0c8a4e5b1f3d2a6e71', 'hex'),
    '["bull","transcode","17"]',
  ]
  const hash = createHash('sha1')
  for (const part of bytes) hash.update(part)
  expect(id.slice(0, 8)).toBe(hash.digest('hex').slice(0, 8))
})
