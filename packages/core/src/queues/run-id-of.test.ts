import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { runIdOf } from './run-id-of.ts'
import { sha1 } from './sha1.ts'

const numRuns = Number(process.env.HEADWAY_RUNS ?? 5_000)

/** Any units, so also halves of surrogate pairs, colons and controls. */
const name = fc.oneof(
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) }),
  fc.string({ unit: fc.constantFrom('a', ':', ',', '1', '\0', '\ud800', '\udc00', '\u{1f600}') }),
)
const names = fc.tuple(name, name, name)

it('is SHA-1, at every length around its blocks', () => {
  for (let length = 0; length < 300; length += 1) {
    const bytes = Uint8Array.from({ length }, (_, index) => (index * 37 + length) % 256)
    const expected = createHash('sha1').update(bytes).digest('hex')
    expect(Buffer.from(sha1(bytes)).toString('hex')).toBe(expected)
  }
})

it('is the UUIDv5 of the names, whatever is in them', () => {
  const namespace = Buffer.from('9f6c2f0b7d7a4c0c8a4e5b1f3d2a6e71', 'hex')
  fc.assert(
    fc.property(names, ([prefix, queue, id]) => {
      const hash = createHash('sha1').update(namespace)
      for (const part of [prefix, queue, id].map((text) => Buffer.from(text))) {
        hash.update(`${part.length}:`).update(part).update(',')
      }
      const digest = hash.digest('hex')
      const variant = ((Number.parseInt(digest.charAt(16), 16) & 3) | 8).toString(16)
      const expected = `${digest.slice(0, 12)}5${digest.slice(13, 16)}${variant}${digest.slice(17, 32)}`
      expect(runIdOf({ prefix, queue, id }).replaceAll('-', '')).toBe(expected)
    }),
    { numRuns },
  )
})

it('never changes: pages and gateways of different versions must agree', () => {
  const id = runIdOf({ queue: 'transcode', id: '17' })
  expect([
    id,
    runIdOf({ prefix: '{app}', queue: 'mail-out', id: 'ä€😀' }),
    runIdOf({ prefix: '', queue: '', id: '' }),
  ]).toMatchInlineSnapshot(`
    [
      "a8039df8-dc18-5512-b9d4-9e73e9d36d81",
      "06007600-70ce-511d-a8e7-fbde11cd966b",
      "050d4b67-ede1-52db-bad3-8052f7b294ac",
    ]
  `)
  expect(runIdOf({ queue: 'transcode', id: 17, prefix: 'bull' })).toBe(id)
})

it('tells jobs apart, also those whose names are one text when they are joined', () => {
  const idOf = ([prefix, queue, id]: [string, string, string]) => runIdOf({ prefix, queue, id })
  const jobs: [string, string, string][] = [
    ['a:b', 'c', 'd'],
    ['a', 'b:c', 'd'],
    ['a', 'b', 'c:d'],
    ['a:b:c', '', 'd'],
    ['', 'a:b', 'c:d'],
    ['1:a,', 'b', 'c'],
    ['1', ':a,b', 'c'],
    ['a', '1:b,1:c,', ''],
  ]
  expect(new Set(jobs.map(idOf)).size).toBe(jobs.length)
  // One job is one in Redis, which has bytes.
  const inRedis = (parts: string[]) => parts.map((part) => Buffer.from(part).toString('hex')).join()
  fc.assert(
    fc.property(names, names, (one, other) => {
      expect(idOf(one) === idOf(other)).toBe(inRedis(one) === inRedis(other))
    }),
    { numRuns },
  )
})
