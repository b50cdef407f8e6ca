import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jsonPart, toPartName } from './part-name.ts'
import { placeFiles } from './place-files.ts'

const place = (args: Record<string, unknown>, ...partNames: string[]): unknown =>
  placeFiles(
    structuredClone(args),
    partNames.map((partName) => ({ partName, file: `<${partName}>` })),
  )

describe('placeFiles', () => {
  it.each([
    [{}, ['file'], { file: '<file>' }],
    [{ team: 'a' }, ['file'], { team: 'a', file: '<file>' }],
    [{ files: [null, null] }, ['files.1', 'files.0'], { files: ['<files.0>', '<files.1>'] }],
    [{ pages: [{ no: 1 }] }, ['pages.0.scan'], { pages: [{ no: 1, scan: '<pages.0.scan>' }] }],
    [{}, ['a%2Eb'], { 'a.b': '<a%2Eb>' }],
    [{}, ['%5Fjson'], { _json: '<%5Fjson>' }],
    [{}, ['length'], { length: '<length>' }],
  ])('puts into %j the parts %j, which gives %j', (args, names, expected) => {
    expect(place(args, ...names)).toEqual({ args: expected })
  })

  it.each([
    [{}, ['file', 'file'], 'DUPLICATE_FIELD'],
    [{ file: null }, ['file'], 'DUPLICATE_FIELD'],
    [{ files: ['x'] }, ['files.0'], 'DUPLICATE_FIELD'],
    [{ files: [] }, ['files.0'], 'INVALID_FIELD'],
    [{ files: [null] }, ['files.00'], 'INVALID_FIELD'],
    [{ files: [null] }, ['files.length'], 'DUPLICATE_FIELD'],
    [{}, ['pages.0.scan'], 'INVALID_FIELD'],
    [{ name: 'text' }, ['name.0'], 'INVALID_FIELD'],
    [{}, ['file', 'file.inner'], 'INVALID_FIELD'],
    [{}, ['toString.call'], 'INVALID_FIELD'],
    [{}, ['__proto__'], 'INVALID_FIELD'],
    [{}, ['__proto__.polluted'], 'INVALID_FIELD'],
    [{}, ['constructor.prototype.polluted'], 'INVALID_FIELD'],
    [{}, [''], 'INVALID_FIELD'],
    [{}, ['a..b'], 'INVALID_FIELD'],
    [{}, ['%'], 'INVALID_FIELD'],
    [{}, ['x'.repeat(256)], 'INVALID_FIELD'],
  ])('refuses for %j the parts %j: %s', (args, names, code) => {
    expect(place(args, ...names)).toMatchObject({ code })
  })
})

it('places a file under any key, since the name of its part encodes the key', () => {
  const key = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
  fc.assert(
    fc.property(
      key.filter((name) => name !== '__proto__'),
      (name) => {
        const partName = toPartName([name])
        fc.pre(new TextEncoder().encode(partName).length <= 255)
        expect(partName).not.toBe(jsonPart)
        expect(partName).not.toMatch(/[/\\\p{Control}]/u)
        expect(place({}, partName)).toEqual({ args: { [name]: `<${partName}>` } })
      },
    ),
  )
})
