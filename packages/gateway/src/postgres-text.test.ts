import { describe, expect, it } from 'vitest'
import { toJson } from './postgres-text.ts'

class Money {
  readonly cents = 100
  toJSON(): string {
    return '1.00'
  }
}

describe('JSON of what code returns', () => {
  it.each([
    ['nothing', undefined, 'null'],
    ['a date', { at: new Date(0) }, '{"at":"1970-01-01T00:00:00.000Z"}'],
    ['what says itself how it is written', [new Money()], '["1.00"]'],
    ['a map that says so, too', Object.assign(new Map(), { toJSON: () => 1 }), '1'],
    ['half a character', { a: '\ud800' }, '{"a":"\ufffd"}'],
    ['what looks like a Buffer', { type: 'Buffer', data: [1] }, '{"type":"Buffer","data":[1]}'],
  ])('%s', (_, value, json) => {
    expect(toJson(value)).toBe(json)
  })

  it.each([
    ['a Buffer', { rows: [{ photo: Buffer.from('a') }] }, 'photo is a file, or bytes'],
    ['a Buffer alone', Buffer.from('a'), 'The returned value is a file, or bytes'],
    ['a typed array', { sums: new Float64Array(2) }, 'sums is a file, or bytes'],
    ['an array buffer', { raw: new ArrayBuffer(2) }, 'raw is a file, or bytes'],
    ['shared memory', { raw: new SharedArrayBuffer(2) }, 'raw is a file, or bytes'],
    ['a file', { file: new File([], 'a') }, 'file is a file, or bytes'],
    ['a map', { totals: new Map([['a', 1]]) }, 'totals is a map'],
    ['a set', { tags: new Set(['a']) }, 'tags is a set'],
    ['a promise', { user: Promise.resolve(1) }, 'user is a promise: await it'],
    ['a BigInt', { id: 12n }, 'BigInt'],
  ])('refuses %s, in words', (_, value, message) => {
    expect(() => toJson(value)).toThrow(message)
  })
})
