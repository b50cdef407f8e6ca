import { crc32, deflateSync } from 'node:zlib'
import { createPalette, type Palette } from './palette.ts'
import type { Pixels } from './read-png.ts'

/** One picture of an animation. */
export interface Frame {
  pixels: Pixels
  /** The time that it is shown, in milliseconds. */
  ms: number
}

/** A part of a frame, as palette indexes. */
interface Patch {
  left: number
  top: number
  width: number
  height: number
  indexes: Uint8Array
}

/**
 * Encodes an animated PNG that repeats for ever, with at most 255 colors. Each frame holds only the
 * pixels that changed. All frames must have the same size. Where animations are not supported, the
 * first frame is shown.
 *
 * @see https://www.w3.org/TR/png-3/#apng-frame-based-animation
 */
export function writeApng(frames: readonly [Frame, ...Frame[]]): Buffer {
  const { width, height } = frames[0].pixels
  const palette = createPalette(countColors(frames))
  let sequence = 0
  const chunks = frames.flatMap(({ pixels, ms }, index) => {
    const patch = patchOf(pixels, frames[index - 1]?.pixels, palette)
    const control = frameControl(sequence++, patch, ms)
    const data = deflateSync(toRows(patch), { level: 9 })
    if (index === 0) return [control, chunk('IDAT', data)]
    return [control, chunk('fdAT', Buffer.concat([uint32(sequence++), data]))]
  })
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    // 8 bits per pixel, color type 3: a palette.
    chunk('IHDR', Buffer.concat([uint32(width, height), Buffer.from([8, 3, 0, 0, 0])])),
    chunk('acTL', uint32(frames.length, 0)),
    chunk('PLTE', Buffer.from(paletteBytes(palette))),
    // The last index is transparent: "as in the frame before".
    chunk('tRNS', Buffer.from([...palette.colors.map(() => 255), 0])),
    ...chunks,
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function countColors(frames: readonly Frame[]): Map<number, number> {
  const counts = new Map<number, number>()
  for (const [index, { pixels }] of frames.entries()) {
    const before = frames[index - 1]?.pixels.colors
    for (const [at, color] of pixels.colors.entries()) {
      if (color !== before?.[at]) counts.set(color, (counts.get(color) ?? 0) + 1)
    }
  }
  return counts
}

/** The smallest rectangle that holds all changes; unchanged pixels in it are transparent. */
function patchOf(
  { width, height, colors }: Pixels,
  before: Pixels | undefined,
  palette: Palette,
): Patch {
  let [left, top, right, bottom] = before ? [width, height, 0, 0] : [0, 0, width, height]
  for (const [at, color] of colors.entries()) {
    if (!before || color === before.colors[at]) continue
    const [x, y] = [at % width, Math.floor(at / width)]
    left = Math.min(left, x)
    right = Math.max(right, x + 1)
    top = Math.min(top, y)
    bottom = Math.max(bottom, y + 1)
  }
  const patch = { left, top, width: right - left, height: bottom - top }
  const indexes = new Uint8Array(patch.width * patch.height)
  for (const at of indexes.keys()) {
    const from = (top + Math.floor(at / patch.width)) * width + left + (at % patch.width)
    const color = colors[from] ?? 0
    indexes[at] = color === before?.colors[from] ? palette.colors.length : palette.indexOf(color)
  }
  return { ...patch, indexes }
}

/** The rows of a patch, each behind the filter 0: palettes compress best unfiltered. */
function toRows({ width, height, indexes }: Patch): Buffer {
  const rows = Buffer.alloc((width + 1) * height)
  for (let y = 0; y < height; y += 1) {
    rows.set(indexes.subarray(y * width, (y + 1) * width), y * (width + 1) + 1)
  }
  return rows
}

function frameControl(sequence: number, { width, height, left, top }: Patch, ms: number): Buffer {
  const delay = Buffer.alloc(6)
  delay.writeUInt16BE(Math.min(Math.round(ms), 65_535), 0)
  delay.writeUInt16BE(1_000, 2)
  // The last two bytes: keep the frame for the next one, and draw over the one before.
  delay.set([0, 1], 4)
  return chunk('fcTL', Buffer.concat([uint32(sequence, width, height, left, top), delay]))
}

function paletteBytes({ colors }: Palette): number[] {
  return [...colors, 0].flatMap((color) => [color >> 16, (color >> 8) & 255, color & 255])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  return Buffer.concat([uint32(data.length), body, uint32(crc32(body))])
}

function uint32(...values: number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length)
  for (const [index, value] of values.entries()) bytes.writeUInt32BE(value, 4 * index)
  return bytes
}
