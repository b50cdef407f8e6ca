import { inflateSync } from 'node:zlib'

/** The pixels of a picture, row by row; each is `red << 16 | green << 8 | blue`. */
export interface Pixels {
  width: number
  height: number
  colors: Uint32Array
}

/**
 * Decodes a PNG of a screenshot: 8 bits per channel, with or without alpha, not interlaced. Alpha
 * is ignored.
 *
 * @see https://www.w3.org/TR/png-3/
 */
export function readPng(file: Buffer): Pixels {
  const width = file.readUInt32BE(16)
  const height = file.readUInt32BE(20)
  const [depth, colorType] = [file[24], file[25]]
  if (depth !== 8 || (colorType !== 2 && colorType !== 6)) {
    throw new Error(
      `The screenshot has color type ${colorType} at ${depth} bits: expected 2 or 6 at 8`,
    )
  }
  const channels = colorType === 6 ? 4 : 3
  const rows = unfilter(inflateSync(imageData(file)), width * channels, height, channels)
  const colors = new Uint32Array(width * height)
  for (let index = 0, at = 0; index < colors.length; index += 1, at += channels) {
    colors[index] = byte(rows, at) * 0x1_00_00 + byte(rows, at + 1) * 0x1_00 + byte(rows, at + 2)
  }
  return { width, height, colors }
}

/** All `IDAT` chunks, joined. */
function imageData(file: Buffer): Buffer {
  const parts: Buffer[] = []
  // After the signature, each chunk is: length, type, data, CRC.
  for (let at = 8; at < file.length; ) {
    const length = file.readUInt32BE(at)
    if (file.toString('latin1', at + 4, at + 8) === 'IDAT') {
      parts.push(file.subarray(at + 8, at + 8 + length))
    }
    at += length + 12
  }
  return Buffer.concat(parts)
}

/** [PNG 9.2] Each row begins with its filter, which predicts a byte from those left and above. */
function unfilter(data: Buffer, rowBytes: number, height: number, step: number): Uint8Array {
  const rows = new Uint8Array(rowBytes * height)
  for (let y = 0; y < height; y += 1) {
    const filter = byte(data, y * (rowBytes + 1))
    for (let x = 0; x < rowBytes; x += 1) {
      const at = y * rowBytes + x
      const left = x < step ? 0 : byte(rows, at - step)
      const above = y === 0 ? 0 : byte(rows, at - rowBytes)
      const corner = x < step || y === 0 ? 0 : byte(rows, at - rowBytes - step)
      rows[at] = byte(data, y * (rowBytes + 1) + 1 + x) + predict(filter, left, above, corner)
    }
  }
  return rows
}

function predict(filter: number, left: number, above: number, corner: number): number {
  switch (filter) {
    case 0:
      return 0
    case 1:
      return left
    case 2:
      return above
    case 3:
      return (left + above) >> 1
    default: {
      // Paeth: the neighbor nearest to left + above - corner.
      const toLeft = Math.abs(above - corner)
      const toAbove = Math.abs(left - corner)
      const toCorner = Math.abs(left + above - 2 * corner)
      if (toLeft <= toAbove && toLeft <= toCorner) return left
      return toAbove <= toCorner ? above : corner
    }
  }
}

function byte(bytes: Uint8Array, index: number): number {
  return bytes[index] ?? 0
}
