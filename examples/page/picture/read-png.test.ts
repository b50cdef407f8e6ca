import { deflateSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { readPng } from './read-png.ts'

it.each([
  ['none', [0, 10, 20, 30, 11, 21, 31], [0, 12, 22, 32, 13, 23, 33]],
  ['left', [1, 10, 20, 30, 1, 1, 1], [1, 12, 22, 32, 1, 1, 1]],
  ['above', [0, 10, 20, 30, 11, 21, 31], [2, 2, 2, 2, 2, 2, 2]],
  ['average', [0, 10, 20, 30, 11, 21, 31], [3, 7, 12, 17, 2, 2, 2]],
  ['Paeth', [0, 10, 20, 30, 11, 21, 31], [4, 2, 2, 2, 1, 1, 1]],
])('decodes the filter: %s', (_, ...rows) => {
  const { width, height, colors } = readPng(png(rows.flat()))
  expect([width, height]).toEqual([2, 2])
  expect([...colors]).toEqual([0x0a141e, 0x0b151f, 0x0c1620, 0x0d1721])
})

/** A PNG of 2 × 2 pixels, red, green and blue, with these filtered rows. */
function png(rows: number[]): Buffer {
  const header = [0, 0, 0, 2, 0, 0, 0, 2, 8, 2, 0, 0, 0]
  return Buffer.concat([
    Buffer.alloc(8),
    chunk('IHDR', Buffer.from(header)),
    chunk('IDAT', deflateSync(Buffer.from(rows))),
  ])
}

/** A chunk; its checksum is not read. */
function chunk(type: string, data: Buffer): Buffer {
  const length = Buffer.from([0, 0, 0, data.length])
  return Buffer.concat([length, Buffer.from(type, 'latin1'), data, Buffer.alloc(4)])
}
