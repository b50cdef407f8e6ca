import { inflateSync } from 'node:zlib'
import { expect, it } from 'vitest'
import type { Pixels } from './read-png.ts'
import { writeApng } from './write-apng.ts'

const red = 0xff0000
const white = 0xffffff

const picture = (...colors: number[]): Pixels => ({
  width: 2,
  height: 2,
  colors: Uint32Array.from(colors),
})

it('writes a frame as the rectangle that changed', () => {
  const before = { pixels: picture(white, white, white, white), ms: 100 }
  const after = { pixels: picture(white, white, white, red), ms: 3_000 }
  const chunks = chunksOf(writeApng([before, after]))
  expect(chunks.map(({ type }) => type)).toEqual(
    'IHDR acTL PLTE tRNS fcTL IDAT fcTL fdAT IEND'.split(' '),
  )
  const [first, second] = chunks.filter(({ type }) => type === 'fcTL').map(({ data }) => data)
  // Sequence, width, height, left, top; then milliseconds of 1,000.
  expect(words(first)).toEqual([0, 2, 2, 0, 0])
  expect(words(second)).toEqual([1, 1, 1, 1, 1])
  expect([second?.readUInt16BE(20), second?.readUInt16BE(22)]).toEqual([3_000, 1_000])
  // Behind the sequence: one row of the filter 0 and the second color.
  const patch = chunks.find(({ type }) => type === 'fdAT')?.data.subarray(4) ?? Buffer.alloc(0)
  expect([...inflateSync(patch)]).toEqual([0, 1])
})

function chunksOf(file: Buffer): { type: string; data: Buffer }[] {
  const chunks: { type: string; data: Buffer }[] = []
  for (let at = 8; at < file.length; ) {
    const end = at + 8 + file.readUInt32BE(at)
    chunks.push({
      type: file.toString('latin1', at + 4, at + 8),
      data: file.subarray(at + 8, end),
    })
    at = end + 4
  }
  return chunks
}

function words(data: Buffer = Buffer.alloc(0)): number[] {
  return [0, 1, 2, 3, 4].map((index) => data.readUInt32BE(4 * index))
}
