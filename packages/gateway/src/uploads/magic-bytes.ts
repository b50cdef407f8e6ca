/** The first bytes of files of these types. One line of alternatives must match as a whole. */
const signatures: Readonly<Record<string, readonly (readonly Piece[])[]>> = {
  'image/png': [[{ at: 0, bytes: '89504e470d0a1a0a' }]],
  'image/jpeg': [[{ at: 0, bytes: 'ffd8ff' }]],
  'image/gif': [[{ at: 0, bytes: text('GIF87a') }], [{ at: 0, bytes: text('GIF89a') }]],
  'image/webp': [
    [
      { at: 0, bytes: text('RIFF') },
      { at: 8, bytes: text('WEBP') },
    ],
  ],
  'image/bmp': [[{ at: 0, bytes: text('BM') }]],
  'application/pdf': [[{ at: 0, bytes: text('%PDF-') }]],
  // A first file, an empty archive, or one in several parts.
  'application/zip': ['504b0304', '504b0506', '504b0708'].map((bytes) => [{ at: 0, bytes }]),
  'application/gzip': [[{ at: 0, bytes: '1f8b' }]],
}

/** The bytes at one place, in hexadecimal. */
interface Piece {
  at: number
  bytes: string
}

/** The number of bytes that a check needs. */
export const magicLength = 12

/** A file of this type may begin like this. True for unknown types. */
export function mayBegin(type: string, head: Uint8Array): boolean {
  const known = Object.hasOwn(signatures, type) ? signatures[type] : undefined
  if (!known) return true
  const hex = Buffer.from(head).toString('hex')
  return known.some((pieces) => pieces.every(({ at, bytes }) => hex.startsWith(bytes, at * 2)))
}

function text(characters: string): string {
  return Buffer.from(characters, 'latin1').toString('hex')
}
