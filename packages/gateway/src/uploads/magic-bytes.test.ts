import { expect, it } from 'vitest'
import { mayBegin } from './magic-bytes.ts'

const of = (text: string): Buffer => Buffer.from(text, 'latin1')

it.each([
  ['image/png', '\x89PNG\r\n\x1a\n', true],
  ['image/png', '\x89PNG\n\x1a\n', false],
  ['image/png', '', false],
  ['image/jpeg', '\xff\xd8\xff\xe0', true],
  ['image/jpeg', '<svg onload=', false],
  ['image/gif', 'GIF89a', true],
  ['image/gif', 'GIF87a', true],
  ['image/gif', 'GIF88a', false],
  ['image/webp', 'RIFF\x10\0\0\0WEBPVP8 ', true],
  ['image/webp', 'RIFF\x10\0\0\0WAVEfmt ', false],
  ['image/bmp', 'BM', true],
  ['application/pdf', '%PDF-1.7', true],
  ['application/pdf', 'PDF-1.7', false],
  ['application/zip', 'PK\x03\x04', true],
  ['application/zip', 'PK\x05\x06', true],
  ['application/zip', 'PK\x01\x02', false],
  ['application/gzip', '\x1f\x8b\x08', true],
  ['application/gzip', 'PK\x03\x04', false],
  ['text/csv', '', true],
  ['__proto__', 'anything', true],
])('%s may begin with %j: %s', (type, head, expected) => {
  expect(mayBegin(type, of(head))).toBe(expected)
})
