import fc from 'fast-check'
import { expect, it } from 'vitest'
import { cleanFileName } from './file-name.ts'

it.each([
  ['users.csv', 'users.csv'],
  ['größe 1.csv', 'größe 1.csv'],
  ['/etc/passwd', 'passwd'],
  ['C:\\temp\\users.csv', 'users.csv'],
  ['../../users.csv', 'users.csv'],
  ['a<b>c:d"e|f?g*.csv', 'a_b_c_d_e_f_g_.csv'],
  ['us\0er\ns.csv', 'users.csv'],
  ['con', '_con'],
  ['NUL.txt', '_NUL.txt'],
  ['lpt1.csv', '_lpt1.csv'],
  ['console.csv', 'console.csv'],
  ['users.csv. .', 'users.csv'],
  ['', null],
  ['..', null],
  ['folder/', null],
  ['\0\n', null],
  [`${'é'.repeat(200)}.csv`, `${'é'.repeat(125)}.csv`],
  [`.${'x'.repeat(300)}`, `.${'x'.repeat(254)}`],
])('%j is kept as %j', (name, expected) => {
  expect(cleanFileName(name)).toBe(expected)
})

const piece = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 9 }),
  fc.constantFrom(
    ' ',
    '.',
    '..',
    '/',
    '\\',
    'x'.repeat(120),
    'é'.repeat(60),
    '\u00a0',
    '.csv',
    'nul',
  ),
)
const names = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''))

it('whatever it was called: no folder, no more than 255 bytes, and cleaning it again changes nothing', () => {
  fc.assert(
    fc.property(names, (name) => {
      const clean = cleanFileName(name)
      if (clean === null) return
      expect(clean).not.toMatch(/[/\\\p{Control}]|^\.{1,2}$/u)
      expect(Buffer.byteLength(clean)).toBeLessThanOrEqual(255)
      expect(cleanFileName(clean)).toBe(clean)
    }),
    { numRuns: 2_000 },
  )
})
